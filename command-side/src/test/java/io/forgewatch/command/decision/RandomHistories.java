package io.forgewatch.command.decision;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Histories in which anything follows anything: the golden events, about few things, in whatever order, so that most of them meet
 * something that they are of and some don't.
 */
public final class RandomHistories {

    public static final String ENTERPRISE = "GT3702110001";
    public static final String DEVICE = ENTERPRISE + "010001";
    public static final String POINT = DEVICE + ".BF_CW_P.LOW";

    private static final Path GOLDEN = Path.of("../shared-events/src/test/resources/io/forgewatch/event/golden");
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final List<Stored> STORED = stored();

    /** What else may stand in a field of that name. */
    private static final Map<String, Function<Random, Object>> OTHERWISE = Map.ofEntries(
            Map.entry("enterpriseId", _ -> ENTERPRISE),
            Map.entry("deviceId", _ -> DEVICE),
            Map.entry("gatewayId", _ -> ENTERPRISE + "-G1"),
            Map.entry("host", _ -> "forgewatch.local"),
            Map.entry("whose", _ -> "enterprise/" + ENTERPRISE),
            Map.entry("warningId", random -> ENTERPRISE + "-W" + (7 + random.nextInt(2))),
            Map.entry(
                    "alarmId",
                    random -> random.nextInt(4) == 0
                            ? DEVICE + ".BF_CW_F.LOW." + random.nextInt(2)
                            : POINT + "." + random.nextInt(2)),
            Map.entry("number", random -> 1 + random.nextInt(3)),
            Map.entry("passed", Random::nextBoolean),
            Map.entry("late", random -> random.nextInt(4) == 0),
            Map.entry("level", RandomHistories::level),
            Map.entry("at", RandomHistories::moment),
            Map.entry("raisedAt", RandomHistories::moment));

    private record Stored(String name, int version, byte[] payload) {}

    private RandomHistories() {}

    public static List<DomainEvent> of(Random random, int events) {
        List<DomainEvent> history = new ArrayList<>();
        while (history.size() < events) {
            history.add(event(random));
        }
        return history;
    }

    private static DomainEvent event(Random random) {
        Stored stored = STORED.get(random.nextInt(STORED.size()));
        ObjectNode payload = (ObjectNode) EventJson.MAPPER.readTree(stored.payload());
        OTHERWISE.forEach((field, value) -> {
            if (payload.has(field) && !payload.get(field).isContainer()) {
                payload.set(field, EventJson.MAPPER.valueToTree(value.apply(random)));
            }
        });
        return EventJson.payload(stored.name(), stored.version(), EventJson.MAPPER.writeValueAsBytes(payload));
    }

    private static String level(Random random) {
        return List.of("BLUE", "YELLOW", "ORANGE", "RED").get(random.nextInt(4));
    }

    private static String moment(Random random) {
        return START.plusSeconds(random.nextInt(86_400)).plusMillis(1).toString();
    }

    private static List<Stored> stored() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().map(RandomHistories::stored).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stored stored(Path file) {
        String[] name = file.getFileName().toString().split("[@.-]");
        try {
            return new Stored(name[0], Integer.parseInt(name[1]), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
