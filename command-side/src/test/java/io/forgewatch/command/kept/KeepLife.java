package io.forgewatch.command.kept;

import io.forgewatch.command.CommandSide;
import io.forgewatch.command.alarm.AlarmCommand.AcceptSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClaimSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.RejectSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.warning.Tier;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the life of a works, as this release lives it, for the tests of all later ones. */
public final class KeepLife {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String WORKS = "GT3702110001";
    private static final String DEVICE = WORKS + "010001";
    private static final int CLOCKS = 260;
    private static final List<String> SCRIPTS =
            List.of("eventstore/schema.sql", "schedule/schema.sql", "eventstore/sign-in.sql", "parking/schema.sql");

    private final ConfigurableApplicationContext side;
    private final String database;
    private final SideClient client;
    private final AtomicLong later = new AtomicLong();
    private final Instant begin = Instant.now();

    private KeepLife(ConfigurableApplicationContext side, String database) throws Exception {
        this.side = side;
        this.database = database;
        this.client = new SideClient(side, KeptStore.all().getFirst().properties());
    }

    /** @param arguments the folder of the new kept life, and the commit that it is of */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Path scratch = Files.createTempDirectory("forgewatch-life");
        String address = EmbeddedStore.newDatabase();
        String database = EmbeddedStore.nameOf(address);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("release", arguments[1]);
        try (Broker broker = Broker.start(scratch.resolve("kafka"))) {
            Map<String, Object> properties = SideClient.properties(
                    KeptStore.all().getFirst().properties(), address, broker.bootstrap(), scratch);
            try (ConfigurableApplicationContext side = CommandSide.start(properties)) {
                KeepLife life = new KeepLife(side, database);
                life.live();
                long head = Objects.requireNonNull(
                        side.getBean(EventFeed.class).head().block(LONG));
                facts.put("head", head);
                lines(folder.resolve("histories"), life.histories(head));
            }
        }
        StringBuilder scripts = new StringBuilder();
        for (String script : SCRIPTS) {
            scripts.append(script("/io/forgewatch/command/" + script)).append('\n');
        }
        Files.writeString(folder.resolve("events.sql"), scripts);
        Files.writeString(folder.resolve("keys.sql"), script("/io/forgewatch/command/eventstore/personal-keys.sql"));
        facts.put("events", tables(folder.resolve("events"), database));
        facts.put("keys", tables(folder.resolve("keys"), database + "_keys"));
        Files.writeString(
                folder.resolve("life.json"),
                new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n");
        System.exit(0);
    }

    private void live() throws Exception {
        client.done("POST", "/enterprises", """
                {"id": "GT3702110001", "name": "青岛示范钢铁有限公司", "region": "370211", "industry": "STEEL",\
                 "profile": "STEEL_LONG", "creditCode": "91370100X6C5WTQL4L"}""");
        client.done("POST", "/enterprises/" + WORKS + "/gateways", "");
        client.done("POST", "/enterprises/" + WORKS + "/devices", """
                {"id": "GT3702110001010001", "name": "1号高炉", "area": "炼铁区", "indicators":\
                 [{"indicator": "BF_CW_P", "range": {"low": 0, "high": 1.6}}, {"indicator": "BF_CW_F", "rated": 1200}]}""");
        client.done("PUT", "/devices/" + DEVICE + "/points/BF_CW_P/range", "{\"low\": 0, \"high\": 1.5}");
        SideClient works = client.of("ENTERPRISE", "enterprise:" + WORKS);
        SideClient county = client.of("PROVINCE", "region:370211");
        works.done("PUT", "/gateways/" + WORKS + "-G1/settings", """
                {"codeValues": [{"value": 99999, "meaning": "FAULT"}]}""");
        gateway();
        alarms();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> client.get("/audit/subjects/warning/" + WORKS + "-W1/events") != null);
        works.done("POST", "/warnings/" + WORKS + "-W1/signature", "");
        feedback(works);
        county.done("POST", "/warnings/" + WORKS + "-W1/feedback/1/return", "{\"reason\": \"原因分析不充分\"}");
        send(breach(alarm("BF_CW_F", Direction.LOW), Limit.LL, 300));
        happened("WarningSegmentAdded");
        send(new EscalateWarning(
                WarningId.parse(WORKS + "-W1"), DeadlineKind.RESOLVE, Tier.CITY, null, at(Duration.ofDays(2))));
        sensorFault();
        cleared();
        feedback(works);
        county.done("POST", "/warnings/" + WORKS + "-W1/feedback/2/acceptance", "");
        county.tried("POST", "/warnings/" + WORKS + "-W1/verification", "{\"result\": \"PASSED\", \"note\": \"合格\"}");
        client.of("AUDITOR", "region:32");
        client.done("POST", "/personal-data/erasures", """
                {"kind": "account", "id": "a.region.32", "reason": "当事人依法申请删除"}""");
        Awaitility.await()
                .atMost(LONG)
                .until(() -> Objects.requireNonNull(client.get("/automations"))
                        .required("items")
                        .valueStream()
                        .allMatch(one -> one.required("lag").asLong() == 0));
    }

    /** So many that the gateway has a snapshot. */
    private void gateway() {
        GatewayId gateway = new GatewayId(WORKS + "-G1");
        for (int i = 0; i < CLOCKS; i++) {
            send(new ReportClockWrong(gateway, 400, next()));
            send(new ReportClockRight(gateway, next()));
        }
        send(new ReportBehind(gateway, 900, next()));
        send(new ReportCaughtUp(gateway, next()));
    }

    private void alarms() {
        AlarmId pressure = alarm("BF_CW_P", Direction.LOW);
        send(breach(pressure, Limit.L, 0.25));
        send(breach(pressure, Limit.LL, 0.18));
        send(new AcknowledgeAlarm(pressure, "works", next()));
        send(new ReportReturn(pressure, 0.4, next()));
        send(breach(pressure, Limit.LL, 0.17));
        send(new ReportLateBreach(breach(alarm("BF_CW_P", Direction.HIGH), Limit.H, 1.4)));
    }

    private void sensorFault() {
        AlarmId pressure = alarm("BF_CW_P", Direction.LOW);
        send(new ClaimSensorFault(pressure, "恒为 0", "人工抄表", at(Duration.ofDays(7)), "works", next()));
        send(new RejectSensorFault(pressure, "请附照片", "county", next()));
        send(new ClaimSensorFault(pressure, "恒为 0，附照片", "人工抄表", at(Duration.ofDays(7)), "works", next()));
        send(new AcceptSensorFault(pressure, "county", next()));
        send(new ReportReturn(pressure, 0.4, next()));
    }

    private void cleared() {
        AlarmId flow = alarm("BF_CW_F", Direction.LOW);
        send(new ReportReturn(flow, 1100.0, next()));
        send(new ReportSettled(flow, 1100.0, next()));
        send(new ClearAlarm(flow, "泵跳闸", "切换备用泵", "works", next()));
    }

    private static void feedback(SideClient works) throws Exception {
        works.done("POST", "/warnings/" + WORKS + "-W1/feedback", """
                {"cause": "泵跳闸", "measures": "切换备用泵", "person": "王建国", "occurredAt": "2026-01-01T00:00:00Z"}""");
    }

    private AlarmId alarm(String indicator, Direction direction) {
        return new AlarmId(DEVICE, indicator, direction, begin.toEpochMilli());
    }

    private ReportBreach breach(AlarmId alarm, Limit limit, double value) {
        return new ReportBreach(alarm, "01", "炼铁区", limit, Severity.A, value, 0.2, 1, "MPa", List.of(), next());
    }

    private Instant next() {
        return begin.plusMillis(later.incrementAndGet());
    }

    private Instant at(Duration from) {
        return begin.plus(from);
    }

    private void send(Command command) {
        side.getBean(Commands.class)
                .send(command, new Actor("detection", "0"), null)
                .block(LONG);
    }

    /** Waits for what automations do. */
    private void happened(String event) {
        Awaitility.await(event)
                .atMost(LONG)
                .until(() -> KeptStoreTest.column(database, "select name from events")
                        .contains(event));
    }

    /** Of each subject that an event of this store is about, as it was at the end and what led there. */
    private List<String> histories(long head) throws Exception {
        List<String> found = new ArrayList<>();
        for (String subject : KeptStoreTest.column(
                database,
                "select distinct replace(tag, '=', '/') from event_tags where tag ~"
                        + " '^(enterprise|device|gateway|alarm|risk|warning)=' order by 1")) {
            JsonNode history = client.get("/audit/subjects/" + subject + "/history?limit=100&position=" + head);
            if (history != null) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("subject", subject);
                line.put("then", history.required("then"));
                line.put("changes", history.required("changes").required("items"));
                found.add(JsonMapper.shared().writeValueAsString(line));
            }
        }
        return found;
    }

    private static List<String> tables(Path folder, String database) throws SQLException, IOException {
        List<String> tables = KeptStoreTest.column(
                database,
                "select table_name from information_schema.tables where table_schema = 'public' and table_type ="
                        + " 'BASE TABLE' order by 1");
        for (String table : tables) {
            lines(
                    folder.resolve(table),
                    KeptStoreTest.column(database, "select row_to_json(t)::text from " + table + " t order by t.ctid"));
        }
        return tables;
    }

    private static void lines(Path file, List<String> lines) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".jsonl.gz")))) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String script(String resource) throws IOException {
        try (var in = Objects.requireNonNull(CommandSide.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
