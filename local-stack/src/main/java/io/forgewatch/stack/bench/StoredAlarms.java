package io.forgewatch.stack.bench;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.stack.RunFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The alarms that the event store has, read with a plain query. */
final class StoredAlarms {

    private static final JsonMapper MAPPER = new JsonMapper();

    private StoredAlarms() {}

    /** {@code device.indicator} of every AlarmRaised event, in order; a point with two alarms is there twice. */
    static List<String> raised(RunFile run) throws SQLException {
        List<String> points = new ArrayList<>();
        try (Connection connection = connect(run);
                PreparedStatement query = connection.prepareStatement(
                        "select payload from events where name = 'AlarmRaised' order by position");
                ResultSet events = query.executeQuery()) {
            while (events.next()) {
                String payload = new String(events.getBytes(1), StandardCharsets.UTF_8);
                points.add(point(MAPPER.readTree(payload).required("alarmId").asString()));
            }
        }
        return points;
    }

    /** {@code device.indicator} of an alarm. */
    static String point(String alarmId) {
        AlarmId id = AlarmId.FORM.parse(alarmId);
        return id.subject() + "." + id.indicator();
    }

    static Connection connect(RunFile run) throws SQLException {
        URI url = URI.create(run.postgres());
        String[] user = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }
}
