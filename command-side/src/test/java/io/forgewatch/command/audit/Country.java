package io.forgewatch.command.audit;

import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.identity.IdentityEvent.AccountOpened;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** 20,000 events of several works in several regions: what auditors search. None of them makes an automation act. */
public final class Country {

    public static final int SIZE = 20_000;
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Of two industries; the last one hardly ever does anything. */
    public static final List<String> WORKS =
            List.of("GT3702110001", "GT3702110002", "LJ3702830001", "GT3701120001", "GT1302040001", "LJ6101120001");

    public static final String RARE_WORKS = WORKS.getLast();
    public static final String RARE_ACTOR = "account/rare";
    public static final String RARE_TYPE = "WarningEscalated";

    /** Makes the last payloads large enough that an export does not fit between the two ends of a connection. */
    private static final String NOTE = "预".repeat(1_200);

    private Country() {}

    /** Every second one event, a little out of order; each 5,000th is rare in some way. */
    public static List<RecordedEvent> events() {
        Random random = new Random(20_261_125);
        List<RecordedEvent> events = new ArrayList<>();
        for (int n = 1; n <= SIZE; n++) {
            boolean rare = n % 5_000 == 77;
            Instant at = START.plusSeconds(n).plusMillis(random.nextInt(4_000) - 2_000L);
            Actor actor = rare ? Actor.fromWire(RARE_ACTOR) : actor(random);
            events.add(new RecordedEvent(n, new UUID(n, ~n), at, actor, event(n, random, rare, at)));
        }
        return events;
    }

    /** Writes them to an empty store, where they get the positions that they have here. */
    public static void fill(StoreBed bed, List<RecordedEvent> events) {
        for (int from = 0; from < events.size(); from += 500) {
            bed.given(events.subList(from, Math.min(events.size(), from + 500)));
        }
    }

    private static Actor actor(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Actor.account("zhao");
            case 1 -> Actor.account("qian");
            case 2 -> Actor.automation("WhenRiskRisesThenIssueWarning");
            default -> new Actor("detection", "0");
        };
    }

    private static DomainEvent event(int n, Random random, boolean rare, Instant at) {
        String works = rare ? RARE_WORKS : WORKS.get(random.nextInt(WORKS.size() - 1));
        String warning = works + "-W" + (1 + random.nextInt(3));
        if (rare) {
            return new WarningEscalated(warning, 1, DeadlineKind.SIGN, "CITY", at);
        }
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new AlarmAcknowledged(works + "010001.BF_CW_P.LOW." + n, NOTE, at);
            case 3, 4, 5 -> new WarningSigned(warning, NOTE, at);
            case 6 -> new GatewayRegistered(works + "-G" + (1 + n % 2), works, "sealed", at);
            default ->
                new AccountOpened(
                        "user" + n,
                        n % 2 == 0 ? Role.PROVINCE : Role.ENTERPRISE,
                        n % 2 == 0 ? "region:37" : "enterprise:" + works,
                        PersonalText.plain("某人"),
                        "hash",
                        at);
        };
    }
}
