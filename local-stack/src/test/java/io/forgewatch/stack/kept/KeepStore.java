package io.forgewatch.stack.kept;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.Await;
import io.forgewatch.stack.Folders;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.KeyMaterial;
import io.forgewatch.stack.LocalStack;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.Sides;
import io.forgewatch.stack.StackHome;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import io.forgewatch.stack.Stores;
import io.forgewatch.stack.demo.CountryDemonstration;
import io.forgewatch.stack.demo.GatewayDoor;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a store of this release for the tests of all later ones: the demonstration with an open warning whose escalations wait,
 * an enterprise that is parked, an alarm that is back and not yet cleared, tokens, and the states of detection. What the folder
 * then holds is told in its {@code README.md}, and how this is run.
 */
public final class KeepStore {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String QUIET_WORKS = "GT1302070001";
    private static final String DETECTION = "forgewatch-detection-device-states-changelog";
    private static final int FRAMES = 12;

    private KeepStore() {}

    /** @param arguments the folder of the new kept store, and the commit that it is of */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        Path home = Files.createTempDirectory("forgewatch-kept");
        Progress progress = new Progress(System.out);
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try {
            StackOptions options = options(home);
            RunFile run = play(options, progress);
            Folders.delete(folder);
            write(options, run, new KeptFiles(folder), arguments[1], progress);
        } finally {
            Folders.delete(home);
        }
        System.exit(0);
    }

    private static StackOptions options(Path home) {
        Map<StackPort, Integer> ports = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            ports.put(port, FreePort.any());
        }
        return new StackOptions(
                home, Path.of("target", "postgres").toAbsolutePath(), ports, false, true, Optional.empty());
    }

    /** Plays until everything is there that is to be kept; nothing runs afterwards. */
    private static RunFile play(StackOptions options, Progress progress) throws Exception {
        Sides sides = new Sides(
                properties -> {
                    Map<String, Object> more = new HashMap<>(properties);
                    more.put("spring.main.sources", FailingRule.class.getName());
                    return CommandSide.start(more);
                },
                QuerySide::start);
        try (LocalStack.Started stack = LocalStack.start(
                        options,
                        sides,
                        Optional.of(new CountryDemonstration(Path.of(""), Optional.of("none"))),
                        progress);
                HttpClient client = HttpClient.newHttpClient();
                KeptTables tables = new KeptTables(stack.whereabouts().postgres(), "")) {
            RunFile run = stack.whereabouts();
            Gateway parked = new Gateway(client, run, FailingRule.ENTERPRISE);
            Gateway quiet = new Gateway(client, run, QUIET_WORKS);
            Await.until("an alarm of the quiet works", PATIENCE, () -> {
                quiet.send("BF_STAVE_DT", 0.7);
                parked.send("BF_HEARTH_T", 720);
                return raised(tables, QUIET_WORKS, "AlarmRaised");
            });
            Await.until("it is back, and the others are as they are to be", PATIENCE, () -> {
                quiet.send("BF_STAVE_DT", 0.3);
                parked.send("BF_HEARTH_T", 720);
                return raised(tables, QUIET_WORKS, "AlarmReturned")
                        && !tables.column("select key from parked").isEmpty()
                        && !tables.column("select key from due_dates where command_name = 'EscalateWarning'"
                                        + " and state = 'WAITING'")
                                .isEmpty()
                        && !tables.column("select key from due_dates where command_name = 'ClearReturnedAlarm'"
                                        + " and state = 'WAITING'")
                                .isEmpty();
            });
            return run;
        }
    }

    private static boolean raised(KeptTables tables, String enterprise, String event) throws Exception {
        return !tables.column("select position from event_tags where tag = 'within=" + enterprise + "' and name = '"
                        + event + "'")
                .isEmpty();
    }

    /** The stores without the sides: nothing changes any more. */
    private static void write(StackOptions options, RunFile run, KeptFiles files, String release, Progress progress)
            throws Exception {
        files.script("schema.sql", "/io/forgewatch/command/eventstore/schema.sql");
        files.script("schedule.sql", "/io/forgewatch/command/schedule/schema.sql");
        files.script("keys.sql", "/io/forgewatch/command/eventstore/personal-keys.sql");
        List<KeptTopics.Topic> topics = new ArrayList<>();
        Map<String, Object> facts = new LinkedHashMap<>();
        try (StackHome home = StackHome.take(options.home());
                Stores stores = Stores.start(home, options, progress);
                KeptTables events = new KeptTables(stores.postgres().url(), "");
                KeptTables keys = new KeptTables(stores.postgres().url(), "_keys");
                KeptTopics kafka = new KeptTopics(stores.kafka().bootstrap())) {
            events.write(files, "events");
            keys.write(files, "keys");
            topics.add(kafka.write(files, DETECTION, Integer.MAX_VALUE));
            topics.add(kafka.write(files, "forgewatch.telemetry", FRAMES));
            topics.add(kafka.write(files, "forgewatch.signals", Integer.MAX_VALUE));
            facts.put("release", release);
            facts.put("keptAt", Instant.now().toString());
            facts.put("head", events.column("select max(position) from events").getFirst());
            facts.put("warning", warned(events));
            facts.put("automation", FailingRule.AUTOMATION);
            facts.put("parked", FailingRule.ENTERPRISE);
            facts.put("returned", QUIET_WORKS);
        }
        facts.put("topics", topics);
        files.json("store", facts);
        files.json("secrets", secrets(options, run));
        progress.tell("Kept " + files.bytes() + " bytes");
    }

    /** The warning of the works whose pump fails. */
    private static String warned(KeptTables events) throws Exception {
        return events.column("select convert_from(payload, 'UTF8')::json ->> 'warningId' from events"
                        + " where name = 'WarningIssued' order by position")
                .getFirst();
    }

    private static Map<String, Object> secrets(StackOptions options, RunFile run) throws Exception {
        KeyMaterial keys = KeyMaterial.keptIn(options.home().resolve("data").resolve("keys"));
        Map<String, Object> secrets = new LinkedHashMap<>();
        secrets.put(
                "properties",
                Map.of(
                        "forgewatch.security.token-private-key", keys.tokenPrivateKey(),
                        "forgewatch.security.token-public-key", keys.tokenPublicKey(),
                        "forgewatch.security.master-key", keys.masterKey(),
                        "forgewatch.log.ed25519-private-key", keys.logEd25519Key(),
                        "forgewatch.log.sm2-private-key", keys.logSm2Key(),
                        "forgewatch.bootstrap.username", "ministry",
                        "forgewatch.bootstrap.password", keys.bootstrapPassword()));
        secrets.put("accounts", run.accounts());
        secrets.put("gateways", run.gateways());
        return secrets;
    }

    /** Sends single readings of a blast furnace, with numbers so high that the demonstration's own frames are too old. */
    private static final class Gateway {

        private final GatewayDoor door;
        private final String furnace;
        private long sequence = System.currentTimeMillis() + Duration.ofDays(1).toMillis();
        private long sentAt;

        Gateway(HttpClient client, RunFile run, String enterprise) {
            RunFile.Gateway own = run.gateways().stream()
                    .filter(one -> one.enterpriseId().equals(enterprise))
                    .findFirst()
                    .orElseThrow();
            door = new GatewayDoor(client, run.command(), own);
            furnace = enterprise + "010001";
        }

        /** At most four a second. */
        void send(String indicator, double value) throws Exception {
            long now = System.currentTimeMillis();
            if (now - sentAt >= 250) {
                sentAt = now;
                door.send(new GatewayDoor.Frame(
                        ++sequence, List.of(new GatewayDoor.Reading(furnace, indicator, now, value))));
            }
        }
    }
}
