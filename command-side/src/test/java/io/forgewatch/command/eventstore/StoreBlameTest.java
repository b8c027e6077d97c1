package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Of real refusals of a real database. */
class StoreBlameTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final StoreBed bed = new StoreBed();
    private final AppendGate gate = AppendGate.standingOpen();
    private final StoreBlame blame = new StoreBlame(bed.rows(), gate, bed.database());

    @AfterEach
    void close() {
        bed.close();
    }

    private boolean isStores(Throwable failure) {
        return Boolean.TRUE.equals(blame.isStores(failure).block(LONG));
    }

    private Throwable refused(String sql) {
        return bed.database()
                .write(connection ->
                        Flux.from(connection.createStatement(sql).execute()).flatMap(result -> result.getRowsUpdated()))
                .then()
                .materialize()
                .map(signal -> signal.getThrowable())
                .block(LONG);
    }

    @Test
    void given_what_the_store_refuses_for_what_is_in_it_when_asked_then_it_is_the_works_fault() {
        for (String sql : List.of(
                "select 'x'::integer",
                "select 1 / 0",
                "insert into due_dates (key, due_at, command_name, command) values ('a', null, 'b', 'c')",
                "insert into due_dates (key, due_at, command_name, command, state) values ('a', now(), 'b', 'c', 'X')")) {
            Throwable failure = refused(sql);
            assertThat(failure).as(sql).isInstanceOf(R2dbcException.class);
            assertThat(isStores(failure)).as(sql).isFalse();
            assertThat(isStores(new IllegalStateException(failure))).as(sql).isFalse();
        }
    }

    @Test
    void given_what_would_fail_for_all_when_asked_then_it_is_the_stores() {
        assertThat(isStores(refused("select * from torn_up"))).isTrue();
        assertThat(isStores(new IllegalStateException(new IOException("connection refused"))))
                .isTrue();
        try (StoreBed nowhere = new StoreBed()) {
            nowhere.close();
            assertThat(isStores(nowhere.rows()
                            .head()
                            .materialize()
                            .map(signal -> signal.getThrowable())
                            .block(LONG)))
                    .isTrue();
        }
    }

    @Test
    void given_a_decision_that_fails_when_asked_then_it_is_its_own_fault_but_not_while_no_events_are_taken() {
        assertThat(isStores(new NullPointerException("no factor"))).isFalse();
        gate.close(new IllegalStateException("log-departed"));
        assertThat(isStores(new NullPointerException("no factor"))).isTrue();
        gate.open();
        assertThat(isStores(new NullPointerException("no factor"))).isFalse();
    }

    @Test
    void given_work_that_took_too_long_when_the_store_answers_others_then_it_is_its_own_fault() {
        assertThat(isStores(new TimeoutException("ten seconds"))).isFalse();
        bed.close();
        assertThat(isStores(new TimeoutException("ten seconds"))).isTrue();
    }

    private static String raising(String state) {
        return "do $$ begin raise exception 'no' using errcode = '" + state + "'; end $$";
    }

    /** A statement that took too long, a limit, a damaged row, a deadlock, a lock that was not to be had. */
    @ParameterizedTest
    @ValueSource(strings = {"57014", "54000", "XX001", "XX000", "40P01", "55P03"})
    void given_what_one_statement_fails_with_when_the_store_answers_others_then_it_is_the_works_fault(String state) {
        Throwable failure = refused(raising(state));
        assertThat(failure)
                .isInstanceOfSatisfying(
                        R2dbcException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo(state));
        assertThat(isStores(failure)).isFalse();
        assertThat(isStores(new IllegalStateException(failure))).isFalse();
        bed.close();
        assertThat(isStores(failure)).as("it answers nobody").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25006", "28000", "53100", "53300", "57P01", "58030"})
    void given_what_the_server_says_of_itself_when_asked_then_it_is_the_stores_though_it_answers(String state) {
        assertThat(isStores(refused(raising(state)))).isTrue();
    }

    @Test
    void given_a_store_when_looked_at_then_it_is_away_where_it_takes_nothing_or_does_not_answer() {
        assertThat(blame.isAway().block(LONG)).isFalse();
        gate.close(new IllegalStateException("log-departed"));
        assertThat(blame.isAway().block(LONG)).isTrue();
        gate.open();
        reads("on");
        await().atMost(LONG).until(() -> blame.isAway().block(LONG));
        reads("off");
        await().atMost(LONG).until(() -> !blame.isAway().block(LONG));
        bed.close();
        assertThat(blame.isAway().block(LONG)).isTrue();
    }

    /** As a server does that is not the first one any more: connections are made anew. */
    private void reads(String only) {
        EmbeddedStore.execute(
                "postgres", "alter database " + bed.databaseName() + " set default_transaction_read_only = " + only);
        EmbeddedStore.execute(
                bed.databaseName(),
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
    }
}
