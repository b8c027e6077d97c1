package io.forgewatch.command.eventstore;

import io.forgewatch.command.bulkhead.Blame;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.pool.PoolShutdownException;

/**
 * Tells the store's faults from those of one piece of work. A connection that fails, a table that is not there, a store that takes no
 * events are the store's. What it refuses for what is in it (too long, no text, no number) is the work's, and so is whatever else a
 * decision fails with. Work that took too long is its own fault only if the store answers somebody else.
 */
public final class StoreBlame implements Blame {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);
    private static final String DATA = "22";
    private static final String CONSTRAINT = "23";

    private final EventRows rows;
    private final AppendGate gate;

    public StoreBlame(EventRows rows, AppendGate gate) {
        this.rows = rows;
        this.gate = gate;
    }

    @Override
    public Mono<Boolean> isStores(Throwable failure) {
        if (!gate.isOpen() || causes(failure).anyMatch(StoreBlame::isOfAll)) {
            return Mono.just(true);
        }
        return causes(failure).anyMatch(TimeoutException.class::isInstance) ? isSilent() : Mono.just(false);
    }

    private Mono<Boolean> isSilent() {
        return Mono.defer(rows::head).timeout(LONGEST_ANSWER).map(head -> false).onErrorReturn(true);
    }

    private static boolean isOfAll(Throwable cause) {
        return switch (cause) {
            case R2dbcDataIntegrityViolationException ofTheData -> false;
            case EntityBusyException ofOne -> false;
            case R2dbcException refused -> !isOfData(refused.getSqlState());
            case IOException away -> true;
            case PoolShutdownException closed -> true;
            case StoreWentBackException gone -> true;
            default -> false;
        };
    }

    private static boolean isOfData(@Nullable String state) {
        return state != null && (state.startsWith(DATA) || state.startsWith(CONSTRAINT));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
