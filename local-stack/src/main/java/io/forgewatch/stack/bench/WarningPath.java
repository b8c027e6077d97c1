package io.forgewatch.stack.bench;

import io.forgewatch.stack.RunFile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the time from a breach to the stream went, by what the events say: each tells by which event it was caused and when it
 * was decided, so that an alarm leads to the assessment of the risk and that to the warning.
 */
final class WarningPath {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> STAGES =
            List.of("sent → in force", "→ alarm", "→ risk", "→ warning", "→ relayed", "→ stream", "all");

    private final Map<String, Latencies> stages = new HashMap<>();
    private final Map<String, Long> relayed;

    private record Decided(String id, String cause, String name, long at, JsonNode payload) {}

    private WarningPath(Map<String, Long> relayed) {
        this.relayed = relayed;
    }

    /** Reads the events of a store and adds up the stages of every breach of which both ends are known. */
    static WarningPath of(RunFile run, Map<String, Long> sent, Map<String, Long> arrived) throws SQLException {
        WarningPath path = new WarningPath(RelayedEvents.at(run.kafka()));
        Map<String, Decided> byCause = new HashMap<>();
        List<Decided> alarms = new ArrayList<>();
        for (Decided event : events(run)) {
            if (event.name().equals("AlarmRaised")) {
                alarms.add(event);
            } else {
                byCause.putIfAbsent(event.cause(), event);
            }
        }
        for (Decided alarm : alarms) {
            String point =
                    StoredAlarms.point(alarm.payload().required("alarmId").asString());
            path.add(alarm, byCause, sent.get(point), arrived.get(point));
        }
        return path;
    }

    private void add(Decided alarm, Map<String, Decided> byCause, @Nullable Long sent, @Nullable Long arrived) {
        Decided risk = byCause.get(alarm.id());
        Decided warning = risk == null ? null : byCause.get(risk.id());
        Long copied = warning == null ? null : relayed.get(warning.id());
        if (sent == null || arrived == null || risk == null || warning == null || copied == null) {
            return;
        }
        long due = sent + BenchCountry.DELAY_ON_MILLIS * 1_000L;
        long inForce = micros(alarm.payload().required("raisedAt").asString());
        List<Long> marks = List.of(due, inForce, alarm.at(), risk.at(), warning.at(), copied, arrived);
        for (int i = 1; i < marks.size(); i++) {
            stage(STAGES.get(i - 1)).came(marks.get(i) - marks.get(i - 1));
        }
        stage("all").came(arrived - due);
    }

    private Latencies stage(String name) {
        return stages.computeIfAbsent(name, unused -> new Latencies());
    }

    /** One line a stage. */
    String told() {
        StringBuilder lines = new StringBuilder("Where the time went, in ms:%n".formatted());
        for (String name : STAGES) {
            Latencies stage = stage(name);
            lines.append("  %-16s p50 %4.0f  p90 %4.0f  p99 %4.0f  max %4.0f%n"
                    .formatted(name, stage.millis(50), stage.millis(90), stage.millis(99), stage.millis(100)));
        }
        return lines.toString();
    }

    private static List<Decided> events(RunFile run) throws SQLException {
        List<Decided> events = new ArrayList<>();
        try (Connection connection = StoredAlarms.connect(run);
                PreparedStatement query = connection.prepareStatement(
                        "select id, name, (extract(epoch from at) * 1000000)::bigint, metadata, payload from events"
                                + " where name in ('AlarmRaised', 'RiskAssessed') or name like 'Warning%'"
                                + " order by position");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                JsonNode metadata = MAPPER.readTree(rows.getString(4));
                events.add(new Decided(
                        rows.getString(1),
                        metadata.path("cause").asString(""),
                        rows.getString(2),
                        rows.getLong(3),
                        MAPPER.readTree(new String(rows.getBytes(5), StandardCharsets.UTF_8))));
            }
        }
        return events;
    }

    private static long micros(String instant) {
        Instant at = Instant.parse(instant);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
