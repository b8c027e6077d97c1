package io.forgewatch.command.schedule;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.ConcurrentChangeException;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.SentAt;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends commands when they are due. Wakes at the next due date and when one is entered; any instance may fire any of them. The
 * due date's key is the command's idempotency key, or the one that it was sent with before: what a crash makes fire twice has one
 * effect.
 */
public final class Schedule extends StandingWork implements DueDates {

    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final int PAGE = 64;
    private static final int AT_ONCE = 8;
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);
    /** For what others kept changing: by then they may be done. */
    private static final Duration UNANSWERED_RETRY = Duration.ofSeconds(4);

    /** Less than the claim of a row lasts. */
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(20);

    /** Other instances may enter dates, and a clock may be set: so often it looks anyway. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final DueDateRows rows;
    private final Commands commands;
    private final DeciderNames names;
    private final DueLooks looks;
    private final Clock clock;
    private final Counter failures;
    private final AppendGate gate;
    private final AtomicReference<CompletableFuture<Void>> entered = new AtomicReference<>(new CompletableFuture<>());

    Schedule(DueDateRows rows, Commands commands, DeciderNames names, Clock clock, Counter failures, AppendGate gate) {
        super(Phases.SCHEDULE, LONGEST_STOP);
        this.rows = rows;
        this.commands = commands;
        this.names = names;
        this.looks = new DueLooks(names);
        this.clock = clock;
        this.failures = failures;
        this.gate = gate;
    }

    @Override
    public Mono<Void> enter(List<DueDate> dates) {
        return rows.enter(dates).doOnSuccess(unused -> wake());
    }

    /** Fires what is due by the clock now; tells how many commands were answered. */
    public Mono<Long> fireDue() {
        return firePage()
                .expand(page -> page.isEmpty() ? Mono.empty() : firePage())
                .map(page -> page.stream().filter(answered -> answered).count())
                .reduce(0L, Long::sum);
    }

    private Mono<List<Boolean>> firePage() {
        // All rows first: the connection that took them must be free before what they ask for needs one.
        return Mono.defer(() -> rows.take(clock.instant(), PAGE).collectList())
                .flatMapIterable(looks::joined)
                .flatMap(this::fire, AT_ONCE)
                .flatMapIterable(answered -> answered)
                .collectList();
    }

    @Override
    protected Disposable begin() {
        // What is due to a store that takes nothing would be tried a few times and given up.
        return gate.whenOpen()
                .thenMany(Flux.defer(this::round).repeat())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn(
                                "The schedule goes on: {}", retry.failure().toString())))
                .subscribe();
    }

    private Mono<Void> round() {
        CompletableFuture<Void> change = entered.get();
        return fireDue()
                .then(rows.next())
                .flatMap(next -> Mono.firstWithSignal(Mono.delay(sleep(next)).then(), Mono.fromFuture(change, true)));
    }

    private void wake() {
        entered.getAndSet(new CompletableFuture<>()).complete(null);
    }

    private Duration sleep(DueDateRows.Next next) {
        Duration sleep = LONGEST_SLEEP;
        Instant due = next.due();
        if (due != null) {
            sleep = shorter(sleep, Duration.between(clock.instant(), due));
        }
        Double retryIn = next.retryIn();
        if (retryIn != null) {
            sleep = shorter(sleep, Duration.ofMillis((long) (retryIn * 1_000) + 1));
        }
        return sleep.isNegative() ? Duration.ZERO : sleep;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What is joined is answered by the latest of it; tells of each whether it was. */
    private Mono<List<Boolean>> fire(List<DueDateRows.Due> joined) {
        DueDateRows.Due due = joined.getLast();
        List<String> keys = joined.stream().map(DueDateRows.Due::key).toList();
        return Mono.defer(() -> {
                    Command command = EventJson.MAPPER.readValue(due.command(), names.named(due.commandName()));
                    return send(due, SentAt.now(command, clock.instant()));
                })
                .timeout(LONGEST_COMMAND)
                .then()
                .onErrorResume(RefusedException::isAnswer, refused -> {
                    // Whether it still matters is decided on the state of then: a refusal is an answer.
                    LOG.debug("{}: {}", due.key(), refused.getMessage());
                    return Mono.empty();
                })
                .then(Mono.defer(() -> rows.fired(keys, clock.instant())))
                .thenReturn(Collections.nCopies(keys.size(), true))
                .onErrorResume(failure -> Flux.fromIterable(joined)
                        .concatMap(each -> failed(each, failure))
                        .then(Mono.just(Collections.nCopies(keys.size(), false))));
    }

    private Mono<Commands.Answer> send(DueDateRows.Due due, Command command) {
        DueDate.Origin origin = due.origin();
        return origin == null
                ? commands.send(command, new Actor("clock", due.commandName()), "due/" + due.key())
                : commands.send(
                        command,
                        origin.actor(),
                        origin.idempotencyKey(),
                        origin.cause().toString());
    }

    private Mono<Void> failed(DueDateRows.Due due, Throwable failure) {
        if (failure instanceof ConcurrentChangeException) {
            LOG.warn("Due date {} found no answer and is tried again: {}", due.key(), failure.getMessage());
            return rows.unanswered(due.key(), failure.toString(), scattered(UNANSWERED_RETRY));
        }
        boolean last = due.attempts() >= ATTEMPTS;
        if (last) {
            failures.increment();
            LOG.error("Due date {} has failed {} times and is given up", due.key(), due.attempts(), failure);
        } else {
            LOG.warn("Due date {} failed and is tried again: {}", due.key(), failure.toString());
        }
        return rows.failed(due.key(), failure.toString(), last ? null : scattered(growing(due.attempts())));
    }

    private static Duration growing(int attempts) {
        return shorter(LONGEST_RETRY, FIRST_RETRY.multipliedBy(1L << (attempts - 1)));
    }

    /** Between half and the whole of it: what failed together is not tried again together. */
    private static Duration scattered(Duration whole) {
        long millis = whole.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
