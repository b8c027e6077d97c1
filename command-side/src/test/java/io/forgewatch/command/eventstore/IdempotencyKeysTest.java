package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long an answer stands under its key. */
@Timeout(120)
class IdempotencyKeysTest {

    private static final StoreBed BED = new StoreBed();
    private static final Actor ALICE = Actor.account("alice");
    private static final Actor RULE = Actor.automation("when-something-then-press");
    private static final String EXPIRED = "insert into idempotency_keys (key, body_hash, answer, position, expires_at)"
            + " select 'account/old ' || n, '', '{}', 0, now() - interval '1 second' from generate_series(1, %d) n";

    private final AlarmId button = StoreBed.newButton();
    private final IdempotencyKeys keys = new IdempotencyKeys(BED.database);

    @AfterAll
    static void close() {
        BED.close();
    }

    @Test
    void given_a_persons_key_when_almost_7_days_are_over_and_keys_are_forgotten_then_it_still_answers() {
        Answer first = press(ALICE, "alice", "kept");
        assertThat(text(
                        BED,
                        "select expires_at > now() + interval '167 hours' and expires_at <= now() + interval '7 days'"
                                + " from idempotency_keys where key = 'account/alice kept'"))
                .isEqualTo("t");

        execute(BED, "update idempotency_keys set expires_at = now() + interval '1 hour' where key like '% kept'");
        forget(keys);

        assertThat(press(ALICE, "alice", "kept")).isEqualTo(first);
        assertConflict(ALICE, "bob", "kept");
    }

    @Test
    void given_a_persons_key_that_expired_when_keys_are_forgotten_then_it_is_gone_and_serves_another_body() {
        press(ALICE, "alice", "gone");
        execute(BED, "update idempotency_keys set expires_at = now() - interval '1 second' where key like '% gone'");

        forget(keys);

        assertThat(text(BED, "select count(*) from idempotency_keys where key like '% gone'"))
                .isEqualTo("0");
        Answer other = press(ALICE, "bob", "gone");
        assertThat(other.body()).isEqualTo(Map.of("presses", 2));
        assertThat(press(ALICE, "bob", "gone")).isEqualTo(other);
        assertConflict(ALICE, "alice", "gone");
    }

    @Test
    void given_a_key_that_expired_when_it_comes_before_it_is_forgotten_then_it_serves_another_body_all_the_same() {
        press(ALICE, "alice", "late");
        execute(BED, "update idempotency_keys set expires_at = now() - interval '1 second' where key like '% late'");

        Answer other = press(ALICE, "bob", "late");

        assertThat(other.body()).isEqualTo(Map.of("presses", 2));
        forget(keys);
        assertThat(press(ALICE, "bob", "late")).isEqualTo(other);
    }

    @Test
    void given_an_automations_key_when_keys_are_forgotten_then_it_answers_for_ever() {
        Answer first = press(RULE, "rule", "cause-1");
        assertThat(text(
                        BED,
                        "select expires_at is null from idempotency_keys where key = '" + RULE.wire() + " cause-1'"))
                .isEqualTo("t");

        forget(keys);

        press(ALICE, "bob", null);
        assertThat(press(RULE, "rule", "cause-1")).isEqualTo(first);
        assertConflict(RULE, "bob", "cause-1");
    }

    @Test
    void given_more_expired_keys_than_one_transaction_takes_when_forgotten_then_none_is_left_and_each_took_a_part() {
        int expired = 11 * IdempotencyKeys.FORGOTTEN_AT_ONCE + 1;
        String address = EmbeddedStore.newDatabase();
        String name = EmbeddedStore.nameOf(address);
        try (Database database = new Database(PostgresAddress.parse(address), 1, 1)) {
            database.ready().block(Duration.ofSeconds(30));
            execute(name, EXPIRED.formatted(expired));
            execute(name, """
                    create table forgotten (keys bigint, transaction bigint);
                    create function note() returns trigger language plpgsql as
                        'begin insert into forgotten select count(*), txid_current() from gone; return null; end';
                    create trigger noting after delete on idempotency_keys referencing old table as gone
                        for each statement execute function note()""");

            assertThat(forget(new IdempotencyKeys(database))).isEqualTo(expired);

            assertThat(text(name, "select count(*) from idempotency_keys")).isEqualTo("0");
            assertThat(Long.parseLong(text(name, "select max(keys) from forgotten")))
                    .isLessThanOrEqualTo(IdempotencyKeys.FORGOTTEN_AT_ONCE);
            assertThat(text(name, "select count(distinct transaction) = count(*) from forgotten"))
                    .as("a transaction for each part")
                    .isEqualTo("t");
        }
    }

    @Test
    void given_an_expired_key_that_an_append_is_bringing_again_when_forgotten_then_neither_waits_and_the_new_one_stays()
            throws SQLException {
        execute(BED, EXPIRED.formatted(2));
        try (Connection append = EmbeddedStore.connection(BED.databaseName());
                Statement renewal = append.createStatement()) {
            append.setAutoCommit(false);
            renewal.execute(
                    "update idempotency_keys set expires_at = now() + interval '7 days' where key = 'account/old 1'");

            forget(keys);

            append.commit();
        }
        assertThat(text(BED, "select string_agg(key, ',') from idempotency_keys where key like 'account/old %'"))
                .isEqualTo("account/old 1");
    }

    @Test
    void given_an_expired_key_when_a_side_starts_then_it_is_forgotten_by_itself() {
        String address = EmbeddedStore.newDatabase();
        try (Database database = new Database(PostgresAddress.parse(address), 1, 1)) {
            database.ready().block(Duration.ofSeconds(30));
        }
        execute(EmbeddedStore.nameOf(address), EXPIRED.formatted(3));

        try (StoreBed starting = new StoreBed(address)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> text(starting, "select count(*) from idempotency_keys")
                            .equals("0"));
        }
    }

    private Answer press(Actor actor, String by, String key) {
        return BED.commands
                .send(new PressButton(button, by, 1_000, Instant.EPOCH), actor, key)
                .block(Duration.ofSeconds(20));
    }

    private void assertConflict(Actor actor, String by, String key) {
        assertThatThrownBy(() -> press(actor, by, key))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("idempotency-conflict"));
    }

    private static long forget(IdempotencyKeys keys) {
        return keys.forgetExpired().blockOptional(Duration.ofSeconds(30)).orElseThrow();
    }

    private static void execute(StoreBed bed, String sql) {
        execute(bed.databaseName(), sql);
    }

    private static void execute(String database, String sql) {
        EmbeddedStore.execute(database, sql);
    }

    private static String text(StoreBed bed, String sql) {
        return text(bed.databaseName(), sql);
    }

    private static String text(String database, String sql) {
        try (Connection connection = EmbeddedStore.connection(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
