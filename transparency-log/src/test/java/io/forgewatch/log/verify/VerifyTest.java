package io.forgewatch.log.verify;

import static io.forgewatch.log.verify.LoggedStore.ED;
import static io.forgewatch.log.verify.LoggedStore.KEYS;
import static io.forgewatch.log.verify.LoggedStore.SM;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFiles;
import io.forgewatch.log.Note;
import io.forgewatch.log.ProofPlan;
import io.forgewatch.log.ShippedFolder;
import io.forgewatch.log.TlogProof;
import io.forgewatch.log.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person meets it. */
class VerifyTest {

    /** Of event 43, in Base64. */
    private static final String PAYLOAD = "eyJmaXJzdCI6NDN9";

    private static LoggedStore store;

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ShippedFolder shipped;
    private Note checkpoint;

    @BeforeAll
    static void fill() {
        store = LoggedStore.empty();
        store.append(1, 300, "first");
    }

    @BeforeEach
    void ship() {
        shipped = new ShippedFolder(home.resolve("data/log"));
        checkpoint = store.ship(new LogFiles(home.resolve("data/log")), 300, List.of(ED, SM));
    }

    @Test
    void given_a_running_store_when_verified_then_zero_in_both_languages() throws IOException {
        Files.writeString(
                home.resolve("run.json"),
                "{\"pid\": 1, \"command\": \"http://localhost:8081\", \"postgres\": \"" + store.address() + "\"}");
        assertThat(verify()).isZero();
        assertThat(text(out))
                .contains("HOLDS: the first 300 events are those of the checkpoint of forgewatch.example/log/1")
                .contains("ED25519 forgewatch.example/log/1+")
                .contains("SM2_SM3")
                .contains("成立：前 300 条事件");
        assertThat(text(err)).contains("The keys are those in").contains("公钥取自");
    }

    @Test
    void given_a_changed_store_when_verified_then_one_and_the_event_named() {
        LoggedStore changed = LoggedStore.empty();
        changed.append(1, 300, "first");
        changed.execute("update events set payload = 'x' where position = 222");
        assertThat(verify("--store", changed.address(), "--keys", keys().toString()))
                .isEqualTo(1);
        assertThat(text(out))
                .contains("DOES NOT HOLD at event 222")
                .contains("[CONTENT_CHANGED]")
                .contains("不成立，首条不符者为第 222 条");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void given_a_payload_that_is_gone_when_verified_then_named_unless_it_is_said_to_be_erased() {
        LoggedStore erased = LoggedStore.empty();
        erased.append(1, 300, "first");
        erased.execute("update events set payload = '' where position = 7");
        erased.execute("alter table events alter payload drop not null");
        erased.execute("update events set payload = null where position = 222");
        List<String> right = List.of("--store", erased.address(), "--keys", keys().toString());
        assertThat(verify(right)).isEqualTo(1);
        assertThat(text(out)).contains("at event 7: its payload is gone", "--erased 7", "[PAYLOAD_MISSING]", "其内容已不存在");

        assertThat(verify(with(right, "--erased", Path.of("7")))).isEqualTo(1);
        assertThat(text(out)).contains("at event 222: its payload is gone");

        assertThat(verify(with(right, "--erased", Path.of("7,222,8")))).isZero();
        assertThat(text(out)).contains("HOLDS: the first 300 events");
        assertThat(text(err)).contains("only their hashes are known: 7, 222.", "仅知其哈希：7, 222");

        erased.execute("update events set metadata = metadata || ' ' where position = 7");
        assertThat(verify(with(right, "--erased", Path.of("7,222")))).isEqualTo(1);
        assertThat(text(out)).contains("at event 7: what was recorded of it is no longer so: metadata");
    }

    @Test
    void given_a_payload_that_is_said_to_be_erased_and_is_another_when_verified_then_named() {
        LoggedStore changed = LoggedStore.empty();
        changed.append(1, 300, "first");
        changed.execute("update events set payload = 'x' where position = 222");
        assertThat(verify("--store", changed.address(), "--keys", keys().toString(), "--erased", "222"))
                .isEqualTo(1);
        assertThat(text(out)).contains("at event 222").contains("[CONTENT_CHANGED]");
    }

    @Test
    void given_an_erased_payload_whose_entry_was_changed_too_when_verified_then_named() {
        LoggedStore changed = LoggedStore.empty();
        changed.append(1, 300, "first");
        changed.execute("update events set payload = '',"
                + " entry = convert_to(regexp_replace(convert_from(entry, 'UTF8'), 'payload .*', 'payload ' || repeat('0', 64)"
                + " || chr(10)), 'UTF8') where position = 222");
        changed.execute("update events set leaf = sha256('\\x00'::bytea || entry) where position = 222");
        assertThat(verify("--store", changed.address(), "--keys", keys().toString(), "--erased", "222"))
                .isEqualTo(1);
        assertThat(text(out)).contains("at event 222").contains("[REPLACED]");
    }

    @Test
    void given_a_checkpoint_that_is_none_when_verified_then_one() throws IOException {
        Files.writeString(home.resolve("data/log/checkpoint"), "nonsense");
        assertThat(verify("--store", store.address())).isEqualTo(1);
        assertThat(text(out)).contains("[MALFORMED]");
    }

    @Test
    void given_an_exported_event_when_verified_then_zero_and_changed_ones_are_named() throws IOException {
        Path proof = file("event.tlog-proof", proof(42).bytes());
        Path entry = file("event.entry", store.entries(300).get(42));
        Path payload = file("event.payload", "{\"first\":43}".getBytes(StandardCharsets.UTF_8));
        Path metadata = file("event.metadata", "{\"actor\":\"张三\",\"cause\":\"43\"}".getBytes(StandardCharsets.UTF_8));
        List<String> right = List.of(
                "--proof",
                proof.toString(),
                "--entry",
                entry.toString(),
                "--payload",
                payload.toString(),
                "--keys",
                keys().toString());

        assertThat(verify(right)).isZero();
        assertThat(verify(with(right, "--metadata", metadata))).isZero();
        assertThat(text(out)).contains("HOLDS: the event is in the log forgewatch.example/log/1 at size 300");

        assertThat(verify(with(right, "--metadata", payload))).isEqualTo(1);
        assertThat(text(out))
                .contains("DOES NOT HOLD at event 43: the metadata are not")
                .contains("元数据与记录不符");
        Files.writeString(payload, "{\"first\":44}");
        assertThat(verify(right)).isEqualTo(1);
        assertThat(text(out))
                .contains("DOES NOT HOLD at event 43: the payload is not")
                .contains("内容与记录不符");
        Files.write(entry, store.entries(300).get(43));
        assertThat(verify(right)).isEqualTo(1);
        assertThat(text(out)).contains("[NOT_INCLUDED]");
        Files.writeString(entry, "nonsense");
        assertThat(verify(right)).isEqualTo(1);
        assertThat(text(out)).contains("[MALFORMED]");
        Files.writeString(keys(), LoggedStore.key().verifierKey().encode());
        Files.write(entry, store.entries(300).get(42));
        assertThat(verify(right)).isEqualTo(1);
        assertThat(text(out)).contains("[SIGNED_BY_ANOTHER]");
    }

    @Test
    void given_an_entry_and_its_proof_alone_when_verified_then_zero_and_what_was_not_compared() throws IOException {
        List<String> bare = List.of(
                "--proof",
                file("event.tlog-proof", proof(42).bytes()).toString(),
                "--entry",
                file("event.entry", store.entries(300).get(42)).toString(),
                "--keys",
                keys().toString());

        assertThat(verify(bare)).isZero();

        assertThat(text(out))
                .contains("HOLDS: the event is in the log")
                .contains("the payload was not given, and so was not compared", "未提供内容，故未核对内容")
                .contains("the metadata were not given, and so were not compared");
        Path other = file("event.payload", "other".getBytes(StandardCharsets.UTF_8));
        assertThat(verify(with(bare, "--payload", other))).isEqualTo(1);
        assertThat(text(out)).contains("DOES NOT HOLD at event 43: the payload is not");
    }

    @Test
    void given_an_answer_of_the_proofs_when_verified_then_zero_and_whatever_is_changed_is_named() throws IOException {
        String right = answer();

        holds(right);
        assertThat(text(out)).contains("HOLDS: the event is in the log").doesNotContain("not compared");
        holds(right.replace("\"payload\":\"" + PAYLOAD + "\"", "\"payload\":null"));
        assertThat(text(out)).contains("the payload was not given, and so was not compared");
        holds(right.replace(",\"payload\":\"" + PAYLOAD + "\"", ""));

        broken(right.replace(PAYLOAD, "e30="), "at event 43: the payload is not");
        broken(right.replace("\\\"cause", " \\\"cause"), "at event 43: the metadata are not");
        broken(right.replace("\"position\":43", "\"position\":42"), "at event 43: what is said of it", "position");
        broken(right.replace("\"name\":\"W", "\"name\":\"w"), "what was recorded: name.");
        broken(right.replace("\"version\":\"1", "\"version\":\"2"), "what was recorded: version.");
        broken(right.replace("0.123499Z", "0.123498Z"), "what was recorded: time.");
        broken(right.replace("[\"enterprise", "[\"Enterprise"), "what was recorded: tags.");
        broken(right.replace("\"id\":\"", "\"id\":\"x"), "what was recorded: id.");
        broken(right.replace("index 42", "index 41"), "[NOT_INCLUDED]");
        Files.writeString(keys(), LoggedStore.key().verifierKey().encode());
        broken(right, "[SIGNED_BY_ANOTHER]");
    }

    @Test
    void given_an_answer_that_is_none_when_verified_then_one_and_why() throws IOException {
        String right = answer();

        broken("", "[MALFORMED]", "has no value where one belongs");
        broken(right.substring(0, 100), "[MALFORMED]", "has a string without an end");
        broken("{\"status\":404,\"code\":\"log-not-sealed\"}", "[MALFORMED]", "There is no member event");
        broken(right.replace("\"position\":43", "\"position\":4e1"), "[MALFORMED]", "no whole number");
        broken(right.replace("\"entry\":\"", "\"entry\":\"-"), "[MALFORMED]", "entry is not Base64");
        broken(right.replace(PAYLOAD, "%"), "[MALFORMED]", "payload is not Base64");
        broken(right.replace("\"name\":\"WarningIssued\"", "\"name\":1"), "[MALFORMED]", "name is no string");
        broken(right.replace("\"at\":\"2", "\"at\":\"x"), "[MALFORMED]", "at is no time");
        broken("[" + right + "]", "[MALFORMED]", "is no JSON object");
    }

    @Test
    void given_its_page_when_asked_for_then_it_tells_of_every_flag_and_nothing_is_verified() throws IOException {
        for (String[] asked :
                List.of(new String[] {"--help"}, new String[] {"-h"}, new String[] {"--store", "x", "--help"})) {
            out.reset();
            assertThat(verify(asked)).isZero();
            assertThat(text(out).strip()).isEqualTo(Verify.help()).startsWith("./forgewatch verify");
        }
        List<String> told = Pattern.compile("^ +(--[a-z]+) <", Pattern.MULTILINE)
                .matcher(Verify.help())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(told).containsExactlyElementsOf(Options.FLAGS);
    }

    @Test
    void given_misuse_when_verified_then_two_and_what_is_wrong() throws IOException {
        misuse("'verify' has no flag '--shop'. It has: --store, ", "--shop", "x");
        misuse("--keys", "--keys=");
        misuse("takes one value", "--keys", "--shipped");
        misuse("takes one value", "--store");
        misuse("takes one value", "--store", "a", "--store", "b");
        misuse("--payload needs --proof", "--payload", "x");
        misuse("--store does not go with --proof", "--proof", "x", "--store", "y");
        misuse("--store does not go with --event", "--event", "x", "--store", "y");
        misuse("--payload does not go with --event", "--event", "x", "--payload", "y");
        misuse("--erased does not go with --event", "--event", "x", "--erased", "7");
        misuse("--erased takes positions", "--store", store.address(), "--erased", "7,");
        misuse("--erased takes positions", "--store", store.address(), "--erased", "0");
        misuse("There is no file", "--event", home.resolve("none").toString());
        misuse("--entry is needed", "--proof", keys().toString());
        misuse("There is no file", "--proof", home.resolve("none").toString());
        misuse("Nothing runs here");
        misuse("There is no checkpoint", "--store", store.address(), "--shipped", home.toString());
        misuse("must look like postgresql://", "--store", "mysql://x:secret@y/z");
        misuse("The store can't be read", "--store", "postgresql://postgres@localhost:1/none");
        misuse("The store can't be read", "--store", store.address().replace("/store", "/nostore"));
        assertThat(text(err)).doesNotContain("secret");
        Files.delete(home.resolve("data/log/keys"));
        misuse("No key to check signatures with", "--store", store.address());
    }

    /** As the command side answers it, with a member that nobody knows yet. */
    private String answer() {
        LogEntry entry = LogEntry.parse(store.entries(300).get(42));
        String proof = new String(proof(42).bytes(), StandardCharsets.UTF_8).replace("\n", "\\n");
        return "{\"position\":43,\"proof\":\"%s\",\"entry\":\"%s\",\"later\":[{}],\"event\":{\"id\":\"%s\","
                        .formatted(proof, Base64.getEncoder().encodeToString(entry.bytes()), entry.id())
                + "\"name\":\"WarningIssued\",\"version\":\"1\",\"at\":\"2025-11-25T01:00:00.123499Z\",\"tags\":[\"%s\"],"
                        .formatted(String.join("\",\"", entry.tags()))
                + "\"metadata\":\"{\\\"actor\\\":\\\"\\u5f20三\\\",\\\"cause\\\":\\\"43\\\"}\",\"payload\":\"" + PAYLOAD
                + "\"}}";
    }

    private void holds(String answer) throws IOException {
        assertThat(verifyAnswer(answer)).as(answer).isZero();
    }

    private void broken(String answer, String... words) throws IOException {
        assertThat(verifyAnswer(answer)).as(answer).isEqualTo(1);
        assertThat(text(out)).contains(words).contains("不成立");
    }

    private int verifyAnswer(String answer) throws IOException {
        out.reset();
        Path file = file("answer.json", answer.getBytes(StandardCharsets.UTF_8));
        return verify("--event", file.toString(), "--keys", keys().toString());
    }

    private void misuse(String words, String... arguments) {
        err.reset();
        out.reset();
        assertThat(verify(arguments)).isEqualTo(2);
        assertThat(text(err)).contains(words).contains("用法见");
        assertThat(text(out)).isEmpty();
    }

    private TlogProof proof(int index) {
        return new TlogProof(index, ProofPlan.inclusion(index, 300).hashes(shipped), checkpoint);
    }

    private Path keys() {
        Path keys = home.resolve("trusted");
        try {
            return Files.exists(keys) ? keys : Files.writeString(keys, VerifierKey.lines(KEYS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(home.resolve(name), bytes);
    }

    private static List<String> with(List<String> arguments, String flag, Path value) {
        List<String> more = new ArrayList<>(arguments);
        more.add(flag);
        more.add(value.toString());
        return more;
    }

    private int verify(String... arguments) {
        return verify(List.of(arguments));
    }

    private int verify(List<String> arguments) {
        return new Verify(
                        home,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
