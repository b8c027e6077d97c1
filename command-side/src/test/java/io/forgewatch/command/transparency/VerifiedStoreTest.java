package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.identity.Role;
import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.EntryBundle;
import io.forgewatch.log.Note;
import io.forgewatch.log.SignatureAlgorithm;
import io.forgewatch.log.SigningKey;
import io.forgewatch.log.Tile;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.log.verify.Verify;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./forgewatch verify}, and Go's own verifiers, on what a command side really stored, shipped and served. */
@Timeout(300)
class VerifiedStoreTest {

    private static final String WORKS = Alarms.ENTERPRISE;
    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");
    private static final String AUDITOR = LogServer.token(Role.AUDITOR, "nation");
    private static final String ENTERPRISE = LogServer.token(Role.ENTERPRISE, "enterprise:" + WORKS);
    private static final String PROVINCE = LogServer.token(Role.PROVINCE, "region:37");
    private static final String WARNING = "/warnings/" + WORKS + "-W1";
    private static final AtomicInteger COPIES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static final String STORE = EmbeddedStore.newDatabase();
    private static final Map<String, Long> FIRST_OF = new HashMap<>();
    private static String backup;
    private static long backedUp;
    private static long sealed;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void happen() throws IOException {
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            try (LogServer server = new LogServer(STORE, broker, folder)) {
                warnAndAnswer(server);
            }
            backup = copyOf(STORE);
            backedUp = shippedSize();
            try (LogServer server = new LogServer(STORE, broker, folder)) {
                // More than fill one tile.
                for (int n = 2; n < 270; n++) {
                    done(server.register("GT370211%04d".formatted(n)));
                }
                export(server);
            }
            sealed = shippedSize();
        }
    }

    private static void warnAndAnswer(LogServer server) {
        done(server.register(WORKS));
        done(server.post(PROVINCE, "/enterprises/" + WORKS + "/gateways", ""));
        done(server.post(MINISTRY, "/enterprises/" + WORKS + "/devices", """
                {"id": "GT3702110001010001", "name": "1号高炉", "area": "炼铁区", "indicators": [{"indicator": "BF_CW_P"}]}"""));
        done(server.post(MINISTRY, "/accounts", """
                {"username": "rizhao.steel", "role": "ENTERPRISE", "jurisdiction": "enterprise:GT3702110001", \
                "displayName": "日照钢铁", "password": "correct horse battery staple"}"""));
        server.bean(Commands.class)
                .send(Alarms.breach(Limit.LL, Severity.A, 0), new Actor("detection", "0"), "breach")
                .block(Duration.ofSeconds(30));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.get(AUDITOR, "/audit" + WARNING + "/story").statusCode() == 200);
        done(server.post(ENTERPRISE, "/alarms/" + Alarms.id(0) + "/acknowledgement", ""));
        done(server.post(ENTERPRISE, WARNING + "/signature", ""));
        done(server.post(ENTERPRISE, WARNING + "/feedback", """
                {"cause": "泵跳闸", "measures": "切换备用泵", "person": "王", "occurredAt": "%s"}""".formatted(Instant.now())));
        done(server.post(PROVINCE, WARNING + "/feedback/1/acceptance", ""));
    }

    /** What an auditor and Go's verifiers need, as it is served. */
    private static void export(LogServer server) {
        byte[] checkpoint = server.post(AUDITOR, "/log/checkpoints", "").body();
        long size = Checkpoint.of(Note.parse(checkpoint)).size();
        write("served/checkpoint", checkpoint);
        write("served/keys", server.get(ENTERPRISE, "/log/keys").body());
        List<String> paths =
                new ArrayList<>(Tile.partials(size).stream().map(Tile::path).toList());
        paths.add(Tile.full(0, 0).path());
        for (long bundle = 0; bundle * Tile.FULL < size; bundle++) {
            paths.add(EntryBundle.in(size, bundle).orElseThrow().path());
        }
        paths.forEach(path -> write("served/" + path, done(server.get(AUDITOR, "/log/" + path))));
        for (long position = 1; position <= size; position++) {
            byte[] answer = done(server.get(AUDITOR, "/audit/proofs/" + position));
            JsonNode proof = JsonMapper.shared().readTree(answer);
            FIRST_OF.putIfAbsent(proof.path("event").path("name").asString(), position);
            write("events/" + position + ".json", answer);
            write(
                    "served/proofs/" + position + ".tlog-proof",
                    proof.path("proof").asString().getBytes(StandardCharsets.UTF_8));
        }
        write("served/consistency", consistency(server, size).getBytes(StandardCharsets.UTF_8));
    }

    private static String consistency(LogServer server, long size) {
        StringBuilder lines = new StringBuilder();
        for (long from : List.of(1L, 7L, 255L, 256L, 257L, size)) {
            JsonNode proof = JsonMapper.shared()
                    .readTree(done(server.get(AUDITOR, "/audit/proofs/consistency?from=" + from + "&to=" + size)));
            lines.append(from).append(' ').append(proof.path("fromRoot").asString());
            proof.path("hashes").forEach(hash -> lines.append(' ').append(hash.asString()));
            lines.append('\n');
        }
        return lines.toString();
    }

    @Test
    void given_what_a_command_side_stored_and_shipped_when_verified_then_it_holds() {
        assertThat(FIRST_OF.keySet())
                .contains(
                        "EnterpriseRegistered",
                        "GatewayRegistered",
                        "DeviceRegistered",
                        "AccountOpened",
                        "AlarmRaised",
                        "AlarmAcknowledged",
                        "RiskAssessed",
                        "WarningIssued",
                        "WarningSigned");
        assertThat(verify("--store", STORE)).as(told()).isZero();
        assertThat(told()).contains("HOLDS: the first " + sealed + " events").contains("; 0 later ones");
    }

    @Test
    void given_a_stored_event_changed_when_verified_then_found_and_named() {
        foundAfter(
                "update events set payload = set_byte(payload, 9, get_byte(payload, 9) # 1) where position = 5",
                5,
                "CONTENT_CHANGED");
        foundAfter("update events set actor = 'account/nobody' where position = 100", 100, "INDEX_CHANGED");
        foundAfter(
                "delete from event_tags where (tag, position) in"
                        + " (select tag, position from event_tags where position = 100 order by tag limit 1)",
                100,
                "INDEX_CHANGED");
    }

    @Test
    void given_events_dropped_swapped_or_cut_when_verified_then_found_and_named() {
        foundAfter("delete from events where position = 100", 100, "MISSING");
        foundAfter(
                "update events set position = 0 where position = 20;"
                        + " update events set position = 20 where position = 260;"
                        + " update events set position = 260 where position = 0",
                20,
                "SWAPPED");
        foundAfter("delete from events where position > " + (sealed - 3), sealed - 2, "TAIL_CUT");
    }

    @Test
    void given_an_old_backup_restored_when_verified_then_found_and_named() {
        found(verify("--store", backup), backedUp + 1, "OLDER_THAN_CHECKPOINT");
    }

    @Test
    void given_the_checkpoint_signed_again_with_another_key_when_verified_then_found() throws IOException {
        Path forged = folder.resolve("forged");
        copy(folder.resolve("shipped/1"), forged);
        Checkpoint checkpoint = Checkpoint.of(Note.parse(Files.readAllBytes(forged.resolve("checkpoint"))));
        SigningKey other = SigningKey.generate(checkpoint.origin(), SignatureAlgorithm.ED25519, new SecureRandom());
        Files.write(
                forged.resolve("checkpoint"), checkpoint.sign(List.of(other)).bytes());
        Files.writeString(forged.resolve("keys"), VerifierKey.lines(List.of(other.verifierKey())));

        assertThat(run("--shipped", forged.toString(), "--store", STORE, "--keys", keys()))
                .isEqualTo(1);

        assertThat(told()).contains("[SIGNED_BY_ANOTHER]").contains("at size " + sealed);
    }

    @Test
    void given_each_answer_of_the_proofs_when_verified_offline_then_it_holds() {
        for (long position = 1; position <= sealed; position++) {
            assertThat(event(position)).as(told()).isZero();
        }
        assertThat(event(FIRST_OF.get("GatewayRegistered"))).isZero();
        assertThat(told())
                .contains("HOLDS: the event is in the log forgewatch.local/log/1")
                .contains("the payload was not given, and so was not compared");
        assertThat(event(FIRST_OF.get("AlarmRaised"))).isZero();
        assertThat(told()).doesNotContain("not compared");
    }

    @Test
    void given_what_is_served_when_go_checks_it_then_it_holds_and_a_wrong_byte_does_not() throws Exception {
        GoVerifier go = GoVerifier.build(folder.resolve("go"));
        Path served = folder.resolve("served");
        String ed25519 = Files.readAllLines(Path.of(keys())).getFirst();

        assertThat(go.check(served, ed25519))
                .isEqualTo("holds: " + sealed + " entries, " + sealed + " inclusion proofs, 6 consistency proofs\n");

        for (String name : List.of("checkpoint", "tile/0/000", "tile/entries/000", "proofs/100.tlog-proof")) {
            Path file = served.resolve(name);
            byte[] right = Files.readAllBytes(file);
            byte[] wrong = right.clone();
            wrong[60] ^= 1;
            Files.write(file, wrong);
            assertThat(go.check(served, ed25519)).as(name).doesNotStartWith("holds");
            Files.write(file, right);
        }
    }

    private int event(long position) {
        return run("--event", folder.resolve("events/" + position + ".json").toString(), "--keys", keys());
    }

    private void foundAfter(String sql, long position, String kind) {
        String copy = copyOf(STORE);
        EmbeddedStore.execute(EmbeddedStore.nameOf(copy), sql);
        found(verify("--store", copy), position, kind);
    }

    private void found(int code, long position, String kind) {
        assertThat(code).as(told()).isEqualTo(1);
        assertThat(told())
                .contains("DOES NOT HOLD at event " + position + ":", "[" + kind + "]")
                .contains("第 " + position + " 条");
    }

    private int verify(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--shipped", folder.resolve("shipped").toString(), "--keys", keys()));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new Verify(
                        folder.resolve("home"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private static String keys() {
        return folder.resolve("served/keys").toString();
    }

    /** A copy as a backup would restore it; nobody may be at work on the store. */
    private static String copyOf(String address) {
        String name = "verified" + COPIES.incrementAndGet();
        String store = EmbeddedStore.nameOf(address);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            EmbeddedStore.execute("postgres", "create database " + name + " template " + store);
            return true;
        });
        return address.substring(0, address.lastIndexOf('/') + 1) + name;
    }

    private static long shippedSize() throws IOException {
        return Checkpoint.of(Note.parse(Files.readAllBytes(folder.resolve("shipped/checkpoint"))))
                .size();
    }

    private static byte[] done(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isBetween(200, 299);
        return answer.body();
    }

    private static void write(String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @AfterAll
    static void drop() {
        for (int n = 1; n <= COPIES.get(); n++) {
            EmbeddedStore.execute("postgres", "drop database if exists verified" + n);
        }
    }
}
