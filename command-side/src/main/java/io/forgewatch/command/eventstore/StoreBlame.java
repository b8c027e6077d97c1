package io.forgewatch.command.eventstore;

import io.forgewatch.command.bulkhead.Blame;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.PoolShutdownException;

/**
 * Tells the store's faults from those of one piece of work. A connection that fails, a table that is not there, a store that takes no
 * events are the store's. What it refuses for what is in it (too long, no text, no number) is the work's, and so is whatever else a
 * decision fails with. Of everything else that PostgreSQL says (a statement that took too long, a limit, one damaged row) and of work
 * that took too long it is not known by itself: it is the work's if the store answers somebody else.
 */
public final class StoreBlame implements Blame {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    /**
     * SQLSTATEs by their beginnings that all would be told: no connection; a server that only reads; who are you; no such database,
     * schema or table, since no statement of ours is made of data; resources; its end and its start; its disk.
     */
    private static final List<String> OF_ALL = List.of("08", "25", "28", "3D", "3F", "42", "53", "57P", "58");

    /** What is in it, and what it is to fit with. */
    private static final List<String> OF_DATA = List.of("22", "23");

    private final EventRows rows;
    private final AppendGate gate;
    private final Database database;

    public StoreBlame(EventRows rows, AppendGate gate, Database database) {
        this.rows = rows;
        this.gate = gate;
        this.database = database;
    }

    @Override
    public Mono<Boolean> isStores(Throwable failure) {
        if (!gate.isOpen() || causes(failure).anyMatch(StoreBlame::isOfAll)) {
            return Mono.just(true);
        }
        return causes(failure).anyMatch(StoreBlame::isOfEither) ? isSilent() : Mono.just(false);
    }

    /** Whoever looks wants to write again: so a connection for that is asked, and whether the server takes anything. */
    @Override
    public Mono<Boolean> isAway() {
        return Mono.defer(() -> gate.isOpen() ? takesNothing() : Mono.just(true));
    }

    private Mono<Boolean> takesNothing() {
        return database.write(connection -> Flux.from(connection
                                .createStatement("select current_setting('transaction_read_only') = 'on'")
                                .execute())
                        .flatMap(
                                result -> result.map((row, meta) -> Objects.requireNonNull(row.get(0, Boolean.class)))))
                .next()
                .timeout(LONGEST_ANSWER)
                .onErrorReturn(true);
    }

    private Mono<Boolean> isSilent() {
        return Mono.defer(rows::head).timeout(LONGEST_ANSWER).map(head -> false).onErrorReturn(true);
    }

    private static boolean isOfAll(Throwable cause) {
        return switch (cause) {
            case R2dbcDataIntegrityViolationException ofTheData -> false;
            case EntityBusyException ofOne -> false;
            case R2dbcException refused -> refused.getSqlState() == null || isOf(OF_ALL, refused);
            case IOException away -> true;
            case PoolShutdownException closed -> true;
            case StoreWentBackException gone -> true;
            default -> false;
        };
    }

    private static boolean isOfEither(Throwable cause) {
        return switch (cause) {
            case R2dbcDataIntegrityViolationException ofTheData -> false;
            case EntityBusyException ofOne -> false;
            case R2dbcException refused -> !isOf(OF_DATA, refused);
            case TimeoutException late -> true;
            default -> false;
        };
    }

    private static boolean isOf(List<String> beginnings, R2dbcException refused) {
        String state = refused.getSqlState();
        return state != null && beginnings.stream().anyMatch(state::startsWith);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
