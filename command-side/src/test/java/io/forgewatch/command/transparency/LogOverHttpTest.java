package io.forgewatch.command.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.identity.Role;
import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.EntryBundle;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.MerkleProof;
import io.forgewatch.log.Note;
import io.forgewatch.log.ProofPlan;
import io.forgewatch.log.TileHashes;
import io.forgewatch.log.TlogProof;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.web.SpecificationCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as auditors and enterprises find it, on the whole command side. */
@Timeout(240)
class LogOverHttpTest {

    private static final String WORKS = "GT3702110001";
    private static final String ENTERPRISE = LogServer.token(Role.ENTERPRISE, "enterprise:" + WORKS);
    private static final String AUDITOR = LogServer.token(Role.AUDITOR, "nation");
    private static final String REGIONAL_AUDITOR = LogServer.token(Role.AUDITOR, "region:13");
    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");
    private static final String PROVINCE = LogServer.token(Role.PROVINCE, "region:37");

    @TempDir
    static Path folder;

    private static Broker broker;
    private static LogServer server;

    @BeforeAll
    static void start() {
        broker = Broker.start(folder.resolve("kafka"));
        server = new LogServer(EmbeddedStore.newDatabase(), broker, folder);
        assertThat(server.register(WORKS).statusCode()).isEqualTo(201);
        assertThat(post(PROVINCE, "/enterprises/" + WORKS + "/gateways", "").statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
        broker.close();
    }

    @Test
    void given_events_when_an_auditor_asks_for_a_checkpoint_then_everyone_reads_it_and_both_keys_signed_it()
            throws IOException {
        String signed = text(post(AUDITOR, "/log/checkpoints", ""));

        Note note = Note.parse(signed.getBytes(StandardCharsets.UTF_8));
        List<VerifierKey> known = VerifierKey.parseLines(text(get(ENTERPRISE, "/log/keys")));
        assertThat(known).hasSize(2);
        assertThat(Checkpoint.check(note, known)).isEqualTo(new Note.Check.Signed(known));
        assertThat(Checkpoint.of(note).origin()).isEqualTo("forgewatch.local/log/1");
        HttpResponse<byte[]> last = get(ENTERPRISE, "/log/checkpoint");
        assertThat(last.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(Checkpoint.of(Note.parse(last.body())).size())
                .isGreaterThanOrEqualTo(Checkpoint.of(note).size());

        await().atMost(Duration.ofSeconds(60)).until(() -> inKafka().contains(signed));
        Path shipped = folder.resolve("shipped/1/checkpoint");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(shipped));
        assertThat(Checkpoint.check(Note.parse(Files.readAllBytes(shipped)), known))
                .isInstanceOf(Note.Check.Signed.class);
    }

    @Test
    void given_more_events_when_a_checkpoint_is_asked_for_then_the_gauge_tells_its_size() {
        Checkpoint before = checkpoint();
        assertThat(server.register("GT3702110077").statusCode()).isEqualTo(201);

        Checkpoint after = checkpoint();

        assertThat(after.size()).isGreaterThan(before.size());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(server.bean(MeterRegistry.class)
                                .get("forgewatch.log.checkpoint.size")
                                .gauge()
                                .value())
                        .isGreaterThanOrEqualTo(after.size())
                        .isEqualTo(Checkpoint.of(Note.parse(
                                        get(AUDITOR, "/log/checkpoint").body()))
                                .size()));
    }

    @Test
    void given_a_checkpoint_when_tiles_are_read_then_they_prove_its_root_and_entries_are_for_auditors_only() {
        Checkpoint checkpoint = checkpoint();
        String path = "/log/tile/0/000.p/" + checkpoint.size();
        HttpResponse<byte[]> tile = get(ENTERPRISE, path);

        assertThat(tile.statusCode()).isEqualTo(200);
        assertThat(tile.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        // As a client sends it that was generated from the specification, where this is one parameter.
        assertThat(get(ENTERPRISE, "/log/tile/0/000.p%2F" + checkpoint.size()).body())
                .isEqualTo(tile.body());
        assertThat(get(AUDITOR, "/log/tile/entries/000.p%2f" + checkpoint.size())
                        .statusCode())
                .isEqualTo(200);
        TileHashes hashes = TileHashes.of(tile.body());
        assertThat(ProofPlan.root(checkpoint.size(), unused -> Optional.of(hashes)))
                .isEqualTo(checkpoint.root());

        String entries = "/log/tile/entries/000.p/" + checkpoint.size();
        assertProblem(get(ENTERPRISE, entries), 403, "forbidden");
        assertProblem(get(MINISTRY, entries), 403, "forbidden");
        assertProblem(get(REGIONAL_AUDITOR, entries), 403, "forbidden");
        List<byte[]> bundle = EntryBundle.decode(get(AUDITOR, entries).body());
        assertThat(bundle.stream().map(Hash::leaf)).containsExactlyElementsOf(hashes.hashes());
        assertThat(LogEntry.parse(bundle.getFirst()).name()).isEqualTo("EnterpriseRegistered");
    }

    @Test
    void given_paths_that_are_none_when_asked_for_then_nothing_is_there() {
        checkpoint();
        for (String path : List.of(
                "0/000",
                "0/000.p/0",
                "0/000.p/256",
                "0/000.p/999999999999",
                "0/000.p/255",
                "0/x000/000",
                "0/0",
                "0/x999/x999/x999/x999/x999/x999/999",
                "00/000.p/1",
                "-1/000.p/1",
                "64/000.p/1",
                "99999999999/000.p/1",
                "1/000.p/1",
                "0/000.p/1/",
                "0/../../log/keys",
                "0/%2e%2e/000",
                "0/..%2f000",
                "0/..%2F000",
                "0/x001%2f..%2f000",
                "0/000%00",
                "0/000%252f1",
                "entries/000",
                "entries/x001/000",
                "entries/000.p/0",
                "0")) {
            assertThat(get(AUDITOR, "/log/tile/" + path).statusCode()).as(path).isIn(400, 404);
        }
        assertThat(get("none", "/log/checkpoint").statusCode()).isEqualTo(401);
    }

    @Test
    void given_a_position_when_an_auditor_asks_for_its_proof_then_it_holds_with_nothing_else_than_the_keys() {
        checkpoint();
        List<VerifierKey> known = VerifierKey.parseLines(text(get(AUDITOR, "/log/keys")));

        JsonNode proof = json(get(AUDITOR, "/audit/proofs/1"));

        byte[] entry = Base64.getDecoder().decode(proof.path("entry").asString());
        assertThat(TlogProof.parse(proof.path("proof").asString().getBytes(StandardCharsets.UTF_8))
                        .check(Hash.leaf(entry), known))
                .isInstanceOf(TlogProof.Check.Holds.class);
        LogEntry parsed = LogEntry.parse(entry);
        JsonNode event = proof.path("event");
        assertThat(parsed.id().toString()).isEqualTo(event.path("id").asString());
        assertThat(parsed.payload())
                .isEqualTo(Hash.sha256(
                        Base64.getDecoder().decode(event.path("payload").asString())));
        assertThat(parsed.metadata())
                .isEqualTo(Hash.sha256(event.path("metadata").asString().getBytes(StandardCharsets.UTF_8)));

        JsonNode secret = json(get(AUDITOR, "/audit/proofs/2")).path("event");
        assertThat(secret.path("name").asString()).isEqualTo("GatewayRegistered");
        assertThat(secret.path("payload").isNull()).isTrue();
    }

    @Test
    void given_proofs_when_others_or_for_later_positions_are_asked_then_they_are_refused() {
        long size = checkpoint().size();
        for (String other : List.of(ENTERPRISE, PROVINCE, MINISTRY)) {
            assertProblem(get(other, "/audit/proofs/1"), 403, "forbidden");
            assertProblem(get(other, "/audit/proofs/consistency?from=1&to=1"), 403, "forbidden");
        }
        assertProblem(get(REGIONAL_AUDITOR, "/audit/proofs/1"), 404, "not-found");
        assertProblem(get(AUDITOR, "/audit/proofs/" + (size + 1_000)), 404, "log-not-sealed");
        assertProblem(get(AUDITOR, "/audit/proofs/0"), 404, "not-found");
        assertProblem(get(AUDITOR, "/audit/proofs/-1"), 404, "not-found");
        assertProblem(get(AUDITOR, "/audit/proofs/one"), 404, "not-found");
        assertProblem(get(AUDITOR, "/audit/proofs/consistency?from=0&to=1"), 400, "invalid-parameter");
        assertProblem(get(AUDITOR, "/audit/proofs/consistency?from=2&to=1"), 400, "invalid-parameter");
        assertProblem(get(AUDITOR, "/audit/proofs/consistency?from=1"), 400, "invalid-parameter");
        assertProblem(get(AUDITOR, "/audit/proofs/consistency?from=1&to=100000"), 404, "log-not-sealed");
    }

    @Test
    void given_two_sizes_when_an_auditor_asks_for_the_consistency_then_the_later_tree_extends_the_earlier() {
        Checkpoint checkpoint = checkpoint();

        JsonNode proof = json(get(AUDITOR, "/audit/proofs/consistency?from=1&to=" + checkpoint.size()));

        assertThat(hash(proof.path("toRoot"))).isEqualTo(checkpoint.root());
        List<Hash> hashes = new ArrayList<>();
        proof.path("hashes").forEach(each -> hashes.add(hash(each)));
        assertThat(MerkleProof.extend(1, hash(proof.path("fromRoot")), checkpoint.size(), checkpoint.root(), hashes))
                .isTrue();
    }

    @Test
    void given_a_store_that_extends_what_was_published_when_an_epoch_is_asked_for_then_there_is_no_need() {
        checkpoint();
        String reason = "{\"reason\":\"just so\"}";
        assertProblem(post(MINISTRY, "/log/epochs", reason), 409, "log-intact");
        assertProblem(post(PROVINCE, "/log/epochs", reason), 403, "forbidden");
        assertProblem(post(AUDITOR, "/log/epochs", reason), 403, "forbidden");
        assertProblem(post(MINISTRY, "/log/epochs", "{\"reason\":\" \"}"), 400, "invalid-value");
        assertProblem(post(ENTERPRISE, "/log/checkpoints", ""), 403, "forbidden");
        assertThat(server.health()).isEqualTo(Status.UP);
    }

    @Test
    void given_the_specification_when_read_then_it_tells_what_the_log_answers() {
        JsonNode document = json(get("none", "/v3/api-docs"));
        assertThat(SpecificationCheck.faults(document)).isEmpty();
        assertThat(document.path("paths").propertyNames())
                .contains(
                        "/log/checkpoint",
                        "/log/checkpoints",
                        "/log/keys",
                        "/log/tile/{level}/{path}",
                        "/log/tile/entries/{path}",
                        "/log/epochs",
                        "/audit/proofs/{position}",
                        "/audit/proofs/consistency");
    }

    private static Checkpoint checkpoint() {
        return Checkpoint.of(Note.parse(post(AUDITOR, "/log/checkpoints", "").body()));
    }

    private static Hash hash(JsonNode base64) {
        return Hash.of(Base64.getDecoder().decode(base64.asString()));
    }

    private static List<String> inKafka() {
        TopicPartition partition = new TopicPartition("forgewatch.checkpoints", 0);
        List<String> notes = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofSeconds(1))) {
                    assertThat(found.key()).isEqualTo("forgewatch.local/log/1");
                    notes.add(found.value());
                }
            }
        }
        return notes;
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String code) {
        assertThat(json(answer).path("code").asString()).as(text(answer)).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<byte[]> get(String token, String path) {
        return server.get(token, path);
    }

    private static HttpResponse<byte[]> post(String token, String path, String body) {
        return server.post(token, path, body);
    }
}
