package io.forgewatch.command.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.transparency.LogServer;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.log.Hash;
import io.forgewatch.log.Note;
import io.forgewatch.log.TlogProof;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.log.verify.JdbcStoreRows;
import io.forgewatch.log.verify.Outcome;
import io.forgewatch.log.verify.Progress;
import io.forgewatch.log.verify.StoreCheck;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of personal data on the whole command side: confided, stored as ciphertext, read by auditors, erased. */
@Timeout(240)
class ErasureTest {

    private static final String WORKS = Alarms.ENTERPRISE;
    private static final String MINISTRY = LogServer.token(Role.MINISTRY, "nation");
    private static final String AUDITOR = LogServer.token(Role.AUDITOR, "nation");
    private static final String ENTERPRISE = LogServer.token(Role.ENTERPRISE, "enterprise:" + WORKS);

    private static final String SHOWN = "欧阳锻造";
    private static final String PERSON = "Wang-Jianguo-13800138000";
    private static final String LATER = "Li-Later-13900139000";

    @TempDir
    Path folder;

    private final String database = EmbeddedStore.newDatabase();
    private final String events = EmbeddedStore.nameOf(database);
    private final String keys = events + "_keys";

    @Test
    void given_names_in_events_when_their_keys_are_deleted_then_nobody_reads_them_and_no_byte_of_the_store_changes()
            throws SQLException {
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            List<String> backup;
            try (LogServer server = new LogServer(database, broker, folder)) {
                confide(server);
                isReadByAuditorsOnly(server, broker);
                refusals(server);
                backup = query(keys, "select subject, number, key from personal_keys");
                erase(server, broker);
                storesAgain(server);
            }
            restore(backup);
            try (LogServer again = new LogServer(database, broker, folder)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> query(keys, "select subject from personal_keys where key is not null")
                                        .size()
                                == 1);
                assertThat(shown(again, "FeedbackSubmitted", "person")).containsExactly(LATER, PersonalText.ERASED);
                assertThat(shown(again, "AccountOpened", "displayName")).containsExactly(PersonalText.ERASED);
            }
        }
    }

    private void confide(LogServer server) {
        String account =
                "{\"username\": \"li.ming\", \"role\": \"PROVINCE\", \"jurisdiction\": \"region:37\", \"displayName\": \""
                        + SHOWN + "\", \"password\": \"Slag-Ladle-Crane-7\"}";
        JsonNode opened = json(server.postWithKey(MINISTRY, "/accounts", account, "open"), 201);
        assertThat(opened.path("displayName").asString()).isEqualTo(SHOWN);
        assertThat(json(server.postWithKey(MINISTRY, "/accounts", account, "open"), 201))
                .isEqualTo(opened);
        json(server.post(MINISTRY, "/accounts", account), 409);
        json(server.post(MINISTRY, "/accounts", account.replace(SHOWN, "别人")), 409);

        json(server.register(WORKS), 201);
        server.bean(Commands.class)
                .send(Alarms.breach(Limit.LL, Severity.A, 0), new Actor("detection", "0"), "breach")
                .block(Duration.ofSeconds(60));
        String warning = ((WarningIssued) server.bean(EventFeed.class)
                        .after(0)
                        .filter(recorded -> recorded.event() instanceof WarningIssued)
                        .blockFirst(Duration.ofSeconds(60))
                        .event())
                .warningId();
        json(server.post(ENTERPRISE, "/warnings/" + warning + "/signature", ""), 200);
        answer(server, PERSON, "answer", 200);
        answer(server, PERSON, "answer", 200);
        assertThat(answer(server, LATER, "answer", 422).path("code").asString()).isEqualTo("idempotency-conflict");
    }

    private static JsonNode answer(LogServer server, String person, String key, int status) {
        return json(
                server.postWithKey(
                        ENTERPRISE,
                        "/warnings/" + WORKS + "-W1/feedback",
                        "{\"cause\": \"泵跳闸\", \"measures\": \"切换备用泵\", \"person\": \"" + person
                                + "\", \"occurredAt\": \"" + Instant.now() + "\"}",
                        key),
                status);
    }

    private void isReadByAuditorsOnly(LogServer server, Broker broker) throws SQLException {
        assertThat(shown(server, "AccountOpened", "displayName")).containsExactly(SHOWN);
        assertThat(shown(server, "FeedbackSubmitted", "person")).containsExactly(PERSON);
        assertThat(text(server.get(AUDITOR, "/audit/warnings/" + WORKS + "-W1/story")))
                .contains(PERSON);
        assertThat(text(server.get(AUDITOR, "/audit/subjects/warning/" + WORKS + "-W1/events")))
                .contains(PERSON);
        assertNowhere(broker);
    }

    private void assertNowhere(Broker broker) throws SQLException {
        List<String> everywhere = new ArrayList<>();
        for (String from : List.of(events, keys)) {
            for (String table : query(from, "select tablename from pg_tables where schemaname = 'public'")) {
                everywhere.addAll(query(from, "select t::text from " + table + " t"));
                if (table.equals("events")) {
                    everywhere.addAll(query(from, "select convert_from(payload, 'UTF8') from events"));
                }
            }
        }
        long stored = query(events, "select position::text from events").size();
        await().atMost(Duration.ofSeconds(60)).until(() -> inKafka(broker).size() >= stored);
        everywhere.addAll(inKafka(broker));

        assertThat(everywhere).anyMatch(text -> text.contains("personal/1:enterprise/" + WORKS + "#1:"));
        for (String name : List.of(SHOWN, PERSON, LATER)) {
            String hex = java.util.HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
            assertThat(everywhere).noneMatch(text -> text.contains(name) || text.contains(hex));
        }
    }

    private static void refusals(LogServer server) {
        for (String other : List.of(ENTERPRISE, AUDITOR, LogServer.token(Role.PROVINCE, "region:37"))) {
            json(server.post(other, "/personal-data/erasures", erasure("account", "li.ming")), 403);
        }
        json(server.post(MINISTRY, "/personal-data/erasures", erasure("account", "nobody.here")), 404);
        json(server.post(MINISTRY, "/personal-data/erasures", erasure("account", "no such/name#1")), 404);
        json(server.post(MINISTRY, "/personal-data/erasures", erasure("device", WORKS)), 400);
        json(server.post(MINISTRY, "/personal-data/erasures", "{\"reason\": \"asked\"}"), 400);
        json(
                server.post(
                        MINISTRY,
                        "/personal-data/erasures",
                        erasure("account", "li.ming").replace("asked", "")),
                400);
    }

    private static String erasure(String kind, String id) {
        return "{\"kind\": \"" + kind + "\", \"id\": \"" + id + "\", \"reason\": \"asked\"}";
    }

    private void erase(LogServer server, Broker broker) throws SQLException {
        String note = text(server.post(AUDITOR, "/log/checkpoints", ""));
        List<VerifierKey> known = VerifierKey.parseLines(text(server.get(AUDITOR, "/log/keys")));
        String position = query(events, "select position::text from events where name = 'FeedbackSubmitted'")
                .getFirst();
        JsonNode before = json(server.get(AUDITOR, "/audit/proofs/" + position), 200);
        List<String> rows = rows();

        JsonNode erased =
                json(server.postWithKey(MINISTRY, "/personal-data/erasures", erasure("enterprise", WORKS), "e1"), 200);
        assertThat(erased.path("upTo").asInt()).isEqualTo(1);
        json(server.post(MINISTRY, "/personal-data/erasures", erasure("account", "li.ming")), 200);
        json(server.post(MINISTRY, "/personal-data/erasures", erasure("account", "li.ming")), 200);

        assertThat(query(events, "select name from events where name = 'PersonalDataErased'"))
                .hasSize(2);
        assertThat(shown(server, "FeedbackSubmitted", "person")).containsExactly(PersonalText.ERASED);
        assertThat(shown(server, "AccountOpened", "displayName")).containsExactly(PersonalText.ERASED);
        assertThat(text(server.get(AUDITOR, "/audit/warnings/" + WORKS + "-W1/story")))
                .contains(PersonalText.ERASED)
                .doesNotContain(PERSON);
        assertThat(rows()).startsWith(rows.toArray(String[]::new));
        holds(note, known);
        JsonNode after = json(server.get(AUDITOR, "/audit/proofs/" + position), 200);
        assertThat(after.path("entry")).isEqualTo(before.path("entry"));
        assertThat(after.path("event")).isEqualTo(before.path("event"));
        byte[] entry = Base64.getDecoder().decode(before.path("entry").asString());
        assertThat(TlogProof.parse(before.path("proof").asString().getBytes(StandardCharsets.UTF_8))
                        .check(Hash.leaf(entry), known))
                .isInstanceOf(TlogProof.Check.Holds.class);
        assertNowhere(broker);
    }

    private void storesAgain(LogServer server) throws SQLException {
        answer(server, LATER, "later", 200);
        // A repeat of the first erasure does not touch what came after it.
        json(server.postWithKey(MINISTRY, "/personal-data/erasures", erasure("enterprise", WORKS), "e1"), 200);
        assertThat(shown(server, "FeedbackSubmitted", "person")).containsExactly(LATER, PersonalText.ERASED);
        assertThat(query(keys, "select number::text from personal_keys where key is not null"))
                .containsExactly("2");
    }

    /** The keys as they were in a backup of before the erasure. */
    private void restore(List<String> backup) {
        for (String row : backup) {
            String[] columns = row.split("\t");
            EmbeddedStore.execute(
                    keys,
                    "update personal_keys set key = '" + columns[2] + "', erased_at = null where subject = '"
                            + columns[0] + "' and number = " + columns[1]);
        }
    }

    private List<String> rows() throws SQLException {
        return query(events, "select e::text from events e order by position");
    }

    private void holds(String note, List<VerifierKey> known) throws SQLException {
        try (JdbcStoreRows stored = new JdbcStoreRows(EmbeddedStore.connection(events))) {
            assertThat(new StoreCheck(
                                    stored,
                                    Note.parse(note.getBytes(StandardCharsets.UTF_8)),
                                    known,
                                    tile -> Optional.empty(),
                                    Progress.NONE)
                            .run())
                    .isInstanceOf(Outcome.Holds.class);
        }
    }

    /** A field of the payloads of events of one type, newest first, as a page and as an export. */
    private static List<String> shown(LogServer server, String type, String field) {
        List<String> found = new ArrayList<>();
        json(server.get(AUDITOR, "/audit/events?type=" + type), 200)
                .path("items")
                .forEach(item -> found.add(item.path("payload").path(field).asString()));
        return found;
    }

    private static JsonNode json(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static List<String> query(String database, String sql) throws SQLException {
        try (Connection connection = EmbeddedStore.connection(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    columns.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("\t", columns));
            }
            return rows;
        }
    }

    private static List<String> inKafka(Broker broker) {
        List<String> texts = new ArrayList<>();
        TopicPartition partition = new TopicPartition("forgewatch.events", 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(found -> texts.add(new String(found.value(), StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }
}
