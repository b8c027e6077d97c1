package io.forgewatch.command.schedule;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.command.schedule.DueDateRows.Due;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
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
    private static final Duration EXTEND_EVERY = Duration.ofSeconds(10);

    /** Other instances may enter dates, and a clock may be set: so often it looks anyway. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    /** Where the next look is due at once and yet finds nothing, as of what another has just taken. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(10);

    private final DueDateRows rows;
    private final DueLooks looks;
    private final Clock clock;
    private final AppendGate gate;
    private final HeldDates held = new HeldDates(Schedulers.parallel(), DueDateRows.CLAIM.minusSeconds(5));
    private final Firing firing;
    private final AtomicReference<CompletableFuture<Void>> change = new AtomicReference<>(new CompletableFuture<>());

    Schedule(
            DueDateRows rows,
            Commands commands,
            DeciderNames names,
            Clock clock,
            Counter failures,
            AppendGate gate,
            Blame blame) {
        super(Phases.SCHEDULE, LONGEST_STOP);
        this.rows = rows;
        this.looks = new DueLooks(names);
        this.clock = clock;
        this.gate = gate;
        this.firing = new Firing(rows, commands, names, clock, failures, held, blame);
    }

    @Override
    public Mono<Void> enter(List<DueDate> dates) {
        return rows.enter(dates).doOnSuccess(unused -> wake());
    }

    /** Fires what is due by the clock now; tells how many commands were answered. */
    public Mono<Long> fireDue() {
        return firePage()
                .expand(answered -> answered < 0 ? Mono.empty() : firePage())
                .filter(answered -> answered > 0)
                .reduce(0L, Long::sum);
    }

    /** Below 0 when nothing was due. */
    private Mono<Long> firePage() {
        return taken().flatMap(page -> page.isEmpty()
                ? Mono.just(-1L)
                : Flux.fromIterable(page).flatMap(firing::fire, PAGE).reduce(0L, Long::sum));
    }

    /** All rows first: the connection that took them must be free before what they ask for needs one. */
    private Mono<List<List<Due>>> taken() {
        return Mono.defer(() -> {
            long since = held.now();
            int room = Math.min(PAGE, held.room());
            return room == 0
                    ? Mono.just(List.of())
                    : rows.take(clock.instant(), room, held.busy())
                            .collectList()
                            .doOnNext(page -> held.take(page, since))
                            .map(looks::joined);
        });
    }

    @Override
    protected Disposable begin() {
        return gate.whenOpen()
                .then(rows.begin())
                .retryWhen(again())
                .thenMany(Flux.merge(
                        // A look that fails ends nothing of what is being fired.
                        Flux.defer(this::round)
                                .retryWhen(again())
                                .repeat()
                                .flatMap(firing::fire, Integer.MAX_VALUE, 1)
                                .doOnNext(done -> wake()),
                        Flux.interval(EXTEND_EVERY, Schedulers.parallel())
                                .onBackpressureDrop()
                                .concatMap(tick -> extended(), 1),
                        rows.forgetFired().retryWhen(again())))
                .retryWhen(again())
                .subscribe();
    }

    private static Retry again() {
        return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                .maxBackoff(Duration.ofSeconds(5))
                .jitter(0.5)
                .transientErrors(true)
                .doBeforeRetry(retry ->
                        LOG.warn("The schedule goes on: {}", retry.failure().toString()));
    }

    /** What is due now; where nothing is, waits until something is, or may be. */
    private Flux<List<Due>> round() {
        CompletableFuture<Void> changed = change.get();
        return taken().flatMapMany(page ->
                page.isEmpty() ? waited(held.busy(), changed).thenMany(Flux.empty()) : Flux.fromIterable(page));
    }

    private Mono<Void> waited(Set<String> busy, CompletableFuture<Void> changed) {
        return rows.next(busy)
                .flatMap(next -> Mono.firstWithSignal(Mono.delay(sleep(next)).then(), Mono.fromFuture(changed, true)));
    }

    /** Where that fails, what is held is ours for as long as its last claim: it is tried again at the next time. */
    private Mono<Void> extended() {
        return Mono.defer(() -> {
                    List<String> keys = held.keys();
                    long since = held.now();
                    return keys.isEmpty()
                            ? Mono.<Void>empty()
                            : rows.extend(keys).doOnSuccess(done -> held.extended(keys, since));
                })
                .onErrorResume(failure -> {
                    LOG.warn("Claims of due dates could not be extended: {}", failure.toString());
                    return Mono.empty();
                });
    }

    private void wake() {
        change.getAndSet(new CompletableFuture<>()).complete(null);
    }

    private Duration sleep(DueDateRows.Next next) {
        Duration sleep = LONGEST_SLEEP;
        Instant due = next.due();
        if (due != null && held.room() > 0) {
            sleep = shorter(sleep, Duration.between(clock.instant(), due));
        }
        Double retryIn = next.retryIn();
        if (retryIn != null) {
            sleep = shorter(sleep, Duration.ofMillis((long) (retryIn * 1_000) + 1));
        }
        return sleep.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : sleep;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
