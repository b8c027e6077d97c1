package io.forgewatch.command.eventstore;

import io.forgewatch.command.eventstore.Append.Outcome;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Finds out what came of a group of appends whose writing failed, and tells each of its senders. A broken connection leaves all of
 * it unknown: it is written again, after a look for what is there already. A bad row fails its whole group: each member is done by
 * itself then. How long that takes is bounded for the group: all that waits behind it waits, too.
 */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    /** So long a store is tried that never got the group: long enough for a short break, and it is not done for certain. */
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(5);

    private static final Retry LOOKED_FOR = Retry.backoff(3, Duration.ofMillis(50))
            .maxBackoff(Duration.ofSeconds(1))
            .filter(Settling::isPassing)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final Writing writing;
    private final Database database;
    private final RecentEvents recent;

    /** Writes a group, and tells what the store answered. */
    interface Writing {

        /** @param looking first whether the events are there already */
        Mono<AppendGroup.Answer> write(List<Append> group, boolean looking);

        /** What is left to do: to tell the senders, all but those whose events were there already. */
        Runnable told(List<Append> group, AppendGroup.Answer answer);
    }

    Settling(Writing writing, Database database, RecentEvents recent) {
        this.writing = writing;
        this.database = database;
        this.recent = recent;
    }

    /** Completes when each of the group has been told. */
    Mono<Void> settle(List<Append> group, Throwable failure) {
        if (group.size() == 1 && !isPassing(failure)) {
            return Mono.fromRunnable(() -> fail(group, failure));
        }
        LOG.warn("A group of {} appends is settled: {}", group.size(), String.valueOf(failure.getMessage()));
        Doubt doubt = new Doubt(false).after(failure);
        return isPassing(failure) ? together(group, doubt) : oneByOne(group, doubt);
    }

    /** Whether what was asked may have been done, unknown to us. What was unknown once is looked for ever after. */
    private static final class Doubt {

        private final AtomicBoolean looking;
        private final long began = System.nanoTime();

        Doubt(boolean looking) {
            this.looking = new AtomicBoolean(looking);
        }

        Doubt after(Throwable failure) {
            if (isPassing(failure) && !(failure instanceof StoreAwayException)) {
                looking.set(true);
            }
            return this;
        }

        boolean looking() {
            return looking.get();
        }

        Retry untilSettled() {
            return Retry.backoff(10, Duration.ofMillis(50))
                    .maxBackoff(Duration.ofSeconds(5))
                    .filter(failure -> isPassing(failure) && (looking() || isEarly()))
                    .onRetryExhaustedThrow((spec, signal) -> signal.failure());
        }

        private boolean isEarly() {
            return System.nanoTime() - began < LONGEST_AWAY.toNanos();
        }

        Throwable verdict(Throwable failure) {
            return looking() && isPassing(failure) ? new OutcomeUnknownException(failure) : failure;
        }
    }

    private Mono<AppendGroup.Answer> written(List<Append> group, Doubt doubt) {
        return Mono.defer(() -> writing.write(group, doubt.looking()))
                .doOnError(doubt::after)
                .retryWhen(doubt.untilSettled());
    }

    private Mono<Void> together(List<Append> group, Doubt doubt) {
        return written(group, doubt)
                .flatMap(answer -> told(group, answer).thenReturn(true))
                .onErrorResume(failure -> (isPassing(failure)
                                ? Mono.<Void>fromRunnable(() -> fail(group, doubt.verdict(failure)))
                                : oneByOne(group, doubt))
                        .thenReturn(false))
                .then();
    }

    private Mono<Void> oneByOne(List<Append> group, Doubt doubt) {
        AtomicBoolean gone = new AtomicBoolean();
        return Flux.fromIterable(group)
                .concatMap(append -> gone.get()
                        ? Mono.<Void>fromRunnable(() -> fail(List.of(append), doubt.verdict(gone())))
                        : alone(append, new Doubt(doubt.looking()), gone))
                .then();
    }

    private Mono<Void> alone(Append append, Doubt doubt, AtomicBoolean gone) {
        List<Append> one = List.of(append);
        return written(one, doubt)
                .flatMap(answer -> told(one, answer).thenReturn(true))
                .onErrorResume(failure -> {
                    if (isPassing(failure)) {
                        gone.set(true);
                    }
                    return refused(append, doubt, failure).thenReturn(false);
                })
                .then();
    }

    /** What can't be written may still have been: nobody is told that it failed without a look. */
    private Mono<Void> refused(Append append, Doubt doubt, Throwable failure) {
        List<Append> one = List.of(append);
        if (isPassing(failure) || !doubt.looking()) {
            return Mono.fromRunnable(() -> fail(one, doubt.verdict(failure)));
        }
        return landed(append)
                .doOnNext(found -> {
                    if (!found) {
                        fail(one, failure);
                    }
                })
                .doOnError(unread -> fail(one, isPassing(unread) ? new OutcomeUnknownException(unread) : failure))
                .onErrorComplete()
                .then();
    }

    private Mono<Void> told(List<Append> group, AppendGroup.Answer answer) {
        writing.told(group, answer).run();
        return Flux.range(0, group.size())
                .filter(member -> answer.outcomes()[member] == GroupCommit.THERE)
                .map(group::get)
                .concatMap(append -> landed(append)
                        .doOnError(unread -> fail(List.of(append), new OutcomeUnknownException(unread)))
                        .onErrorComplete())
                .then();
    }

    /** Whether it had been committed before the connection broke; its sender is told where it stands then. */
    private Mono<Boolean> landed(Append append) {
        return Flux.fromIterable(append.events())
                .takeLast(1)
                .next()
                .flatMap(last -> database.read(connection -> Flux.from(connection
                                        .createStatement("select position from events where id = $1")
                                        .bind(0, last.id())
                                        .execute())
                                .flatMap(result ->
                                        result.map((row, meta) -> Objects.requireNonNull(row.get(0, Long.class)))))
                        .next()
                        .retryWhen(LOOKED_FOR))
                .doOnNext(position -> {
                    recent.mayHaveMoved(position);
                    append.done().complete(new Outcome.Appended(position));
                })
                .hasElement();
    }

    private static StoreBusyException gone() {
        return new StoreBusyException("The store went away before it was tried");
    }

    private static void fail(List<Append> group, Throwable failure) {
        group.forEach(append -> append.done().completeExceptionally(failure));
    }

    /** Whether it is the connection's or the server's trouble, which passes: what is asked again may be done then. */
    static boolean isPassing(Throwable failure) {
        return failure instanceof R2dbcNonTransientResourceException
                || failure instanceof R2dbcTransientException
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure.getCause() instanceof IOException
                || (failure instanceof R2dbcException other
                        && !(failure instanceof R2dbcDataIntegrityViolationException)
                        && other.getSqlState() != null
                        && other.getSqlState().startsWith("57P"));
    }
}
