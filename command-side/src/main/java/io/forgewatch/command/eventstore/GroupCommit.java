package io.forgewatch.command.eventstore;

import io.forgewatch.command.eventstore.Append.Outcome;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Writes waiting appends in groups: the first is written at once, those that come while it is on its way to the disk go
 * together afterwards. So nothing waits when little happens, and much shares one flush when much happens. When many wait, a
 * second group sets out before the first is back, so that the database has work while the senders of the one think, and unpacks
 * the one while it writes the other; there they stand in line as groups of two instances would.
 */
final class GroupCommit {

    /** At most so many appends share a transaction. */
    static final int LARGEST_GROUP = 256;

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LARGEST_PAYLOAD = 4 << 20;
    /** So many appends, or so many events, are worth a group of their own while another is under way. */
    private static final int MANY = 32;

    private static final int MUCH = 256;

    private static final int MOST_UNDER_WAY = 2;

    /** Then its outcome is unknown, as if the connection had broken; so the queue never waits for a dead server for ever. */
    private static final Duration LONGEST_WRITE = Database.LONGEST.multipliedBy(2);

    /** What append_events_2 fails with when a decision rests on events that the store does not have. */
    private static final String WENT_BACK = "FW001";

    private static final int APPENDED = 0;
    private static final int CONFLICT = 1;
    private static final int KEY_KNOWN = 2;
    private static final int THERE = 3;
    private static final Retry UNTIL_SETTLED = Retry.backoff(12, Duration.ofMillis(50))
            .maxBackoff(Duration.ofSeconds(5))
            .filter(GroupCommit::outcomeUnknown)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final Database database;
    private final RecentEvents recent;
    private final AppendGate gate;
    private final Queue<Append> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingAppends = new AtomicInteger();
    private final AtomicInteger waitingEvents = new AtomicInteger();
    // Guarded by this.
    private int underWay;

    GroupCommit(Database database, RecentEvents recent, AppendGate gate) {
        this.database = database;
        this.recent = recent;
        this.gate = gate;
    }

    /** Queues an append; {@link Append#done} is told. */
    void submit(Append append) {
        waitingAppends.incrementAndGet();
        waitingEvents.addAndGet(append.events().size());
        waiting.add(append);
        writeNext();
    }

    /** Completes when all that waits now has been answered. */
    Mono<Void> idle() {
        return Mono.defer(() -> {
                    CompletableFuture<Outcome> done = new CompletableFuture<>();
                    submit(new Append(List.of(), null, 0, null, done));
                    return Mono.fromFuture(done, true);
                })
                .then();
    }

    private void writeNext() {
        List<Append> group = begun();
        if (!group.isEmpty()) {
            write(group, false)
                    .map(answer -> told(group, answer))
                    .onErrorResume(failure -> settle(group, failure).thenReturn(() -> {}))
                    .subscribe(this::ended, failure -> {
                        // Only what nobody foresaw comes here; the loop must go on whatever it was.
                        LOG.error("A group of {} appends failed", group.size(), failure);
                        ended(() -> group.forEach(append -> append.done().completeExceptionally(failure)));
                    });
        }
    }

    /** Puts the next group on its way first, then tells the last one's senders: they think while the disk works. */
    private void ended(Runnable telling) {
        synchronized (this) {
            underWay--;
            recent.expecting(underWay > 0);
        }
        writeNext();
        telling.run();
    }

    private synchronized List<Append> begun() {
        if (underWay == MOST_UNDER_WAY || (underWay > 0 && !manyWait())) {
            return List.of();
        }
        List<Append> group = take();
        if (!group.isEmpty()) {
            underWay++;
            recent.expecting(true);
        }
        return group;
    }

    private boolean manyWait() {
        return waitingAppends.get() >= MANY || waitingEvents.get() >= MUCH;
    }

    private List<Append> take() {
        List<Append> group = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        int bytes = 0;
        while (group.size() < LARGEST_GROUP && bytes < LARGEST_PAYLOAD) {
            Append next = waiting.peek();
            // The same key twice: the second must see what the first left. Whoever waits for all others comes last.
            if (next == null
                    || (next.key() != null && !keys.add(next.key().key()))
                    || (next.ofNothing() && underWay > 0)) {
                break;
            }
            waiting.remove();
            waitingAppends.decrementAndGet();
            waitingEvents.addAndGet(-next.events().size());
            group.add(next);
            bytes += next.events().stream()
                    .mapToInt(event -> event.payload().length)
                    .sum();
        }
        return group;
    }

    private Mono<AppendGroup.Answer> write(List<Append> group, boolean settling) {
        return gate.passed(group)
                .then(recent.started())
                .then(database.write(connection -> new AppendGroup(group).write(connection, settling))
                        .next())
                .timeout(LONGEST_WRITE)
                .onErrorMap(
                        GroupCommit::wentBack,
                        failure ->
                                new StoreWentBackException("A decision rests on events that the store no longer has."))
                .doOnError(StoreWentBackException.class, database::abandon);
    }

    private static boolean wentBack(Throwable failure) {
        return failure instanceof R2dbcException refused && WENT_BACK.equals(refused.getSqlState());
    }

    /** Tells the ring at once, and answers what is left to do: to tell the senders. */
    private Runnable told(List<Append> group, AppendGroup.Answer answer) {
        List<StoredEvent> placed = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        long position = answer.base();
        for (int member = 0; member < group.size(); member++) {
            int outcome = answer.outcomes()[member];
            if (outcome == APPENDED) {
                for (StoredEvent event : group.get(member).events()) {
                    position++;
                    placed.add(event.placed(position));
                }
            }
            outcomes.add(
                    switch (outcome) {
                        case APPENDED -> new Outcome.Appended(position);
                        case CONFLICT -> new Outcome.Conflict();
                        case KEY_KNOWN -> new Outcome.KeyKnown();
                        default -> throw new IllegalStateException("Unknown outcome of an append: " + outcome);
                    });
        }
        recent.appended(answer.base(), placed);
        return () -> {
            for (int member = 0; member < outcomes.size(); member++) {
                group.get(member).done().complete(outcomes.get(member));
            }
        };
    }

    /** One bad row fails its whole group, and a broken connection leaves all of it unknown: each member is done by itself. */
    private Mono<Void> settle(List<Append> group, Throwable failure) {
        boolean unknown = outcomeUnknown(failure);
        if (group.size() == 1 && !unknown) {
            group.getFirst().done().completeExceptionally(failure);
            return Mono.empty();
        }
        LOG.warn("A group of {} appends is settled one by one: {}", group.size(), String.valueOf(failure.getMessage()));
        return Flux.fromIterable(group)
                .concatMap(append -> settle(append, unknown))
                .then();
    }

    private Mono<Void> settle(Append append, boolean unknown) {
        // What was unknown once is looked for ever after: the connection may have broken at any of the attempts.
        AtomicBoolean looking = new AtomicBoolean(unknown);
        return Mono.defer(() -> write(List.of(append), looking.get()))
                .doOnError(GroupCommit::outcomeUnknown, failure -> looking.set(true))
                .retryWhen(UNTIL_SETTLED)
                .flatMap(answer ->
                        answer.outcomes()[0] == THERE ? landed(append) : Mono.just(told(List.of(append), answer)))
                // Where it can't be written any more it may still have been: nobody is told a failure without a look.
                .onErrorResume(failure -> (looking.get() ? landed(append).onErrorComplete() : Mono.<Runnable>empty())
                        .switchIfEmpty(Mono.just(() -> append.done().completeExceptionally(failure))))
                .doOnNext(Runnable::run)
                .then();
    }

    /** Where it stands, if it had been committed before the connection broke. */
    private Mono<Runnable> landed(Append append) {
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
                        .retryWhen(UNTIL_SETTLED))
                .map(position -> () -> {
                    recent.mayHaveMoved(position);
                    append.done().complete(new Outcome.Appended(position));
                });
    }

    private static boolean outcomeUnknown(Throwable failure) {
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
