package io.forgewatch.command.eventstore;

import io.forgewatch.command.eventstore.Append.Outcome;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes waiting appends in groups: the first is written at once, those that come while it is on its way to the disk go
 * together afterwards. So nothing waits when little happens, and much shares one flush when much happens. When many wait, a
 * second group sets out before the first is back, so that the database has work while the senders of the one think, and unpacks
 * the one while it writes the other; there they stand in line as groups of two instances would.
 *
 * <p>What waits is bounded in number, in size and in time: whoever would wait longer is told that it was not done, at once.
 */
final class GroupCommit implements Settling.Writing {

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

    /** A second and more of the fastest writer's work: more of it helps nobody. */
    static final int MOST_WAITING = 16_384;

    static final long LARGEST_WAITING = 64L << 20;

    /** What has not been begun by then is not begun any more. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration SWEPT_EVERY = Duration.ofSeconds(1);

    /** What append_events_2 fails with when a decision rests on events that the store does not have. */
    private static final String WENT_BACK = "FW001";

    private static final int APPENDED = 0;
    private static final int CONFLICT = 1;
    private static final int KEY_KNOWN = 2;
    static final int THERE = 3;

    private final Database database;
    private final RecentEvents recent;
    private final AppendGate gate;
    private final Settling settling;
    private final Duration longestWait;
    private final Queue<Queued> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingAppends = new AtomicInteger();
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    // Guarded by this.
    private int underWay;

    /** @param since by the clock of {@link System#nanoTime} */
    private record Queued(Append append, long bytes, long since) {

        static Queued now(Append append) {
            long bytes = append.events().stream()
                    .mapToLong(event -> event.payload().length)
                    .sum();
            return new Queued(append, bytes, System.nanoTime());
        }
    }

    GroupCommit(Database database, RecentEvents recent, AppendGate gate) {
        this(database, recent, gate, LONGEST_WAIT);
    }

    /** @param longestWait how long an append waits to be begun, to a second */
    GroupCommit(Database database, RecentEvents recent, AppendGate gate, Duration longestWait) {
        this.database = database;
        this.recent = recent;
        this.gate = gate;
        this.longestWait = longestWait;
        this.settling = new Settling(this, database, recent);
    }

    /**
     * Queues an append; {@link Append#done} is told. Fails with {@link StoreBusyException} when it is not done since too much
     * waits, with {@link StoreAwayException} when it is not done since the store is away, and with {@link
     * OutcomeUnknownException} when nobody knows.
     */
    void submit(Append append) {
        Queued queued = Queued.now(append);
        if (waitingAppends.get() >= MOST_WAITING || waitingBytes.get() + queued.bytes() > LARGEST_WAITING) {
            append.done().completeExceptionally(new StoreBusyException("Too much waits to be written"));
            return;
        }
        waitingAppends.incrementAndGet();
        waitingEvents.addAndGet(append.events().size());
        waitingBytes.addAndGet(queued.bytes());
        waiting.add(queued);
        writeNext();
        if (sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    private void sweepLater() {
        Schedulers.parallel().schedule(this::sweep, SWEPT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets go of what has waited too long; runs for as long as something waits. */
    private void sweep() {
        List<Queued> late = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            for (Queued next = waiting.peek();
                    next != null && now - next.since() > longestWait.toNanos();
                    next = waiting.peek()) {
                late.add(removed());
            }
        }
        late.forEach(each -> each.append()
                .done()
                .completeExceptionally(new StoreBusyException("It was not begun within " + longestWait)));
        sweeping.set(false);
        if (!waiting.isEmpty() && sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    private Queued removed() {
        Queued next = waiting.remove();
        waitingAppends.decrementAndGet();
        waitingEvents.addAndGet(-next.append().events().size());
        waitingBytes.addAndGet(-next.bytes());
        return next;
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
                    .onErrorResume(failure -> settling.settle(group, failure).thenReturn(() -> {}))
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
        long bytes = 0;
        while (group.size() < LARGEST_GROUP && bytes < LARGEST_PAYLOAD) {
            Queued first = waiting.peek();
            Append next = first == null ? null : first.append();
            // The same key twice: the second must see what the first left. Whoever waits for all others comes last.
            if (next == null
                    || (next.key() != null && !keys.add(next.key().key()))
                    || (next.ofNothing() && underWay > 0)) {
                break;
            }
            group.add(next);
            bytes += removed().bytes();
        }
        return group;
    }

    /** Fails with {@link StoreAwayException} when the group never got to the store. */
    @Override
    public Mono<AppendGroup.Answer> write(List<Append> group, boolean looking) {
        return Mono.defer(() -> {
            AtomicBoolean sent = new AtomicBoolean();
            return gate.passed(group)
                    .then(recent.started())
                    .then(database.write(connection -> {
                                sent.set(true);
                                return new AppendGroup(group).write(connection, looking);
                            })
                            .next())
                    .timeout(LONGEST_WRITE)
                    .onErrorMap(
                            GroupCommit::wentBack,
                            failure -> new StoreWentBackException(
                                    "A decision rests on events that the store no longer has."))
                    .doOnError(StoreWentBackException.class, database::abandon)
                    .onErrorMap(
                            failure -> !sent.get()
                                    && Settling.isPassing(failure)
                                    && !(failure instanceof StoreAwayException),
                            StoreAwayException::new);
        });
    }

    private static boolean wentBack(Throwable failure) {
        return failure instanceof R2dbcException refused && WENT_BACK.equals(refused.getSqlState());
    }

    /** Tells the ring at once, and answers what is left to do: to tell the senders. */
    @Override
    public Runnable told(List<Append> group, AppendGroup.Answer answer) {
        List<StoredEvent> placed = new ArrayList<>();
        List<Runnable> telling = new ArrayList<>();
        long position = answer.base();
        for (int member = 0; member < group.size(); member++) {
            int outcome = answer.outcomes()[member];
            if (outcome == APPENDED) {
                for (StoredEvent event : group.get(member).events()) {
                    position++;
                    placed.add(event.placed(position));
                }
            }
            Append append = group.get(member);
            long last = position;
            switch (outcome) {
                case APPENDED -> telling.add(() -> append.done().complete(new Outcome.Appended(last)));
                case CONFLICT -> telling.add(() -> append.done().complete(new Outcome.Conflict()));
                case KEY_KNOWN -> telling.add(() -> append.done().complete(new Outcome.KeyKnown()));
                case THERE -> LOG.debug("An append had been done before its connection broke");
                default -> throw new IllegalStateException("Unknown outcome of an append: " + outcome);
            }
        }
        recent.appended(answer.base(), placed);
        return () -> telling.forEach(Runnable::run);
    }
}
