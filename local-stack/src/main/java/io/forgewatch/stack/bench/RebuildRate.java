package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.rebuild.ProjectionsApi;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * How fast the view of warnings is built anew on the running stack, from Kafka into the document store that the stack has; and how
 * long that would take for ten million events, beside the hour within which all must be there again.
 */
public final class RebuildRate implements Benchmark {

    private static final String NAME = "eventstore.rebuild-rate";
    private static final String VIEW = "warnings";
    private static final int ENTERPRISES = 100;
    private static final int EVENTS_EACH = 10;
    private static final Instant FAR = Instant.parse("2199-01-01T00:00:00Z");
    private static final Duration MOST = Duration.ofMinutes(10);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        int warnings = Integer.getInteger("forgewatch.bench.store.rebuild", 200_000) / EVENTS_EACH;
        Path home = StackUnderTest.emptyHome("rebuild-rate");
        try (StackUnderTest stack = StackUnderTest.start(home, List.of("--no-demo"), progress)) {
            append(stack, warnings, progress);
            ProjectionsApi views = new ProjectionsApi(stack.run());
            long head = number(stack, "select max(position) from events");
            Patience.mustCome(
                    "the automations and the view of warnings to be as far as the store",
                    MOST,
                    () -> number(stack, "select coalesce(min(position), 0) from tokens") >= head
                            && views.view(VIEW)
                                            .orElseThrow()
                                            .required("position")
                                            .asLong()
                                    >= head);
            progress.tell("%,d events are stored and projected; now the view is built anew".formatted(head));
            long began = System.nanoTime();
            int build = views.rebuild(VIEW);
            Patience.mustCome(
                    "the new view to take over",
                    MOST,
                    () -> views.view(VIEW).orElseThrow().required("build").asInt() >= build);
            double rate = head * 1e9 / (System.nanoTime() - began);
            progress.tell("%,d events, %,.0f/s".formatted(head, rate));
            return List.of(
                    Figure.of(NAME, rate, "events/s", ">=20000"),
                    Figure.of("eventstore.rebuild-10m", 10_000_000 / rate, "s, extrapolated", "<=3600"));
        }
    }

    private static void append(StackUnderTest stack, int warnings, Progress progress) {
        try (StoreInstance store = new StoreInstance(
                stack.run().postgres(), List.of(new Acknowledging.Tally()), Clock.systemUTC(), 4, 4, 8_192, 0)) {
            Appends appends = new Appends(store.engine());
            // From now on, so that no deadline passes while the view is built.
            Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Flux.range(0, warnings)
                    .flatMap(number -> appends.append(story(number, first.plusSeconds(number))), 64)
                    .then()
                    .block(MOST);
        }
        progress.tell("%,d warnings with %d events each appended".formatted(warnings, EVENTS_EACH));
    }

    private static List<DomainEvent> story(int number, Instant at) {
        String enterprise = "GT370211%04d".formatted(number % ENTERPRISES);
        String id = enterprise + "-W" + (number / ENTERPRISES + 1);
        BilingualText text = new BilingualText("冷却水总管压力低低", "Cooling water pressure low low");
        Deadlines deadlines = new Deadlines(FAR, FAR, FAR);
        List<String> alarms = List.of(enterprise + "010001.BF_CW_P.LOW." + at.toEpochMilli());
        List<DomainEvent> events = new ArrayList<>();
        events.add(new WarningIssued(
                id, RiskLevel.YELLOW, 40, text, alarms, 1, 1, new Demand(1, RiskLevel.YELLOW, deadlines), at, at));
        events.add(new WarningSigned(id, "account/zhang.wei", at));
        events.add(new WarningSegmentAdded(
                id,
                RiskLevel.ORANGE,
                52,
                text,
                alarms,
                1,
                1,
                new Demand(2, RiskLevel.ORANGE, deadlines),
                null,
                at,
                at));
        while (events.size() < EVENTS_EACH - 1) {
            events.add(new WarningEscalated(id, 1, DeadlineKind.FEEDBACK, "CITY", at));
        }
        events.add(new WarningClosed(id, at));
        return events;
    }

    private static long number(StackUnderTest stack, String query) throws SQLException {
        try (Connection connection = StoredAlarms.connect(stack.run());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
