package io.forgewatch.command.eventstore;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The schema, applied in short transactions, one a step, while others work on the tables. Who waits for a lock makes all wait who come
 * after: so no step waits for one longer than a second, and one that has not got it (a dump may hold it for hours) is tried again
 * after a pause in which the others go on. Over all instances one step goes at a time.
 *
 * @param steps in order; each may be repeated
 */
record Schema(List<Step> steps) {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final String MARK = "(?m)^--> ";
    private static final String AFTERWARDS = "afterwards";
    private static final String NEEDED = "needed";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    Schema {
        steps = List.copyOf(steps);
    }

    /**
     * One transaction.
     *
     * @param needed whether nothing can be done before; else it may come while this side works already
     */
    record Step(boolean needed, String sql) {

        /** The lock of who alters comes first: it is waited for without a limit, and nobody who works waits behind it. */
        String transaction() {
            return "begin; select pg_advisory_xact_lock(4642891, 0); set local lock_timeout = '1s';\n" + sql
                    + "\ncommit;";
        }
    }

    /** Reads them at once: whoever uses it first may be on an event loop. */
    static Schema of(List<String> resources) {
        return new Schema(
                resources.stream().map(Schema::text).flatMap(Schema::steps).toList());
    }

    /** Of a script in which a line {@code --> needed} or {@code --> afterwards} begins a further step. */
    static Stream<Step> steps(String script) {
        return Stream.of((NEEDED + "\n" + script).split(MARK)).map(Schema::step);
    }

    private static Step step(String marked) {
        int end = marked.indexOf('\n');
        String kind = marked.substring(0, end).strip();
        return switch (kind) {
            case NEEDED -> new Step(true, marked.substring(end + 1));
            case AFTERWARDS -> new Step(false, marked.substring(end + 1));
            default -> throw new IllegalStateException("No kind of step: " + kind);
        };
    }

    /** Those without which nothing can be done: whoever has a table, they wait for it. */
    Mono<Void> needed(PostgresqlConnection connection) {
        return Flux.fromIterable(steps)
                .filter(Step::needed)
                .concatMap(step -> done(connection, step).retryWhen(whileLocked()))
                .then();
    }

    /** The others, each once, whatever becomes of those before it; fails where one could not be done. */
    Mono<Void> afterwards(PostgresqlConnection connection) {
        return Flux.fromIterable(steps)
                .filter(step -> !step.needed())
                .concatMapDelayError(step -> done(connection, step))
                .then();
    }

    private static Mono<Void> done(PostgresqlConnection connection, Step step) {
        return run(connection, step.transaction())
                .onErrorResume(
                        failure -> run(connection, "rollback").onErrorComplete().then(Mono.error(failure)));
    }

    private static Retry whileLocked() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .jitter(0.5)
                .filter(failure ->
                        failure instanceof R2dbcException refused && LOCK_NOT_AVAILABLE.equals(refused.getSqlState()))
                .doBeforeRetry(retry -> LOG.warn(
                        "A table is held by another, such as a dump; the schema waits: {}",
                        String.valueOf(retry.failure().getMessage())));
    }

    private static Mono<Void> run(PostgresqlConnection connection, String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(result -> result.getRowsUpdated())
                .then();
    }

    private static String text(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Missing from the jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
