package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Reads what comes once for all: every view wants every event at the same moment, and a consumer each would cost the broker and this
 * side as many answers as there are views. Who is behind reads for himself, until he has read what the shared reading has too.
 */
final class SharedEventLog implements EventLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedEventLog.class);
    private static final int MOST_RECORDS = 4_096;
    private static final long MOST_BYTES = 16L << 20;

    private final EventLog own;
    private final int mostRecords;
    private final Scheduler thread;
    private final AtomicReference<@Nullable Disposable> reading = new AtomicReference<>();
    private volatile RecentRecords recent;

    SharedEventLog(EventLog own) {
        this(own, MOST_RECORDS, FoldingThreads.EACH);
    }

    /**
     * @param mostRecords how many are kept for those who follow
     * @param thread where each follower is told
     */
    SharedEventLog(EventLog own, int mostRecords, Scheduler thread) {
        this.own = own;
        this.mostRecords = mostRecords;
        this.thread = thread;
        this.recent = new RecentRecords(mostRecords, MOST_BYTES);
    }

    @Override
    public Flux<List<LoggedEvent>> from(long offset) {
        return Flux.defer(() -> {
            share();
            AtomicReference<@Nullable LoggedEvent> last = new AtomicReference<>();
            return Flux.defer(() -> untilBehind(offset, last)).repeat();
        });
    }

    /** His own reading up to where the shared one is, then that, until he falls behind what is kept of it. */
    private Flux<List<LoggedEvent>> untilBehind(long offset, AtomicReference<@Nullable LoggedEvent> last) {
        AtomicReference<@Nullable RecentRecords> joined = new AtomicReference<>();
        Flux<List<LoggedEvent>> all = Flux.concat(
                own(offset, last.get())
                        .doOnNext(batch -> joined.set(sharing(last.get(), batch)))
                        .takeUntil(batch -> joined.get() != null),
                Flux.defer(() -> followed(joined.get(), last)));
        return all.doOnNext(batch -> last.set(batch.getLast()));
    }

    /** Who has read before comes by his last record first: only behind that one the next is of the same topic. */
    private Flux<List<LoggedEvent>> own(long offset, @Nullable LoggedEvent last) {
        if (last == null) {
            return own.from(offset);
        }
        AtomicBoolean begun = new AtomicBoolean();
        return own.from(last.offset())
                .map(batch -> begun.getAndSet(true) ? batch : behind(last, batch))
                .filter(batch -> !batch.isEmpty());
    }

    private static List<LoggedEvent> behind(LoggedEvent last, List<LoggedEvent> batch) {
        if (!batch.getFirst().isSameAs(last)) {
            throw new IllegalStateException(
                    "At offset " + last.offset() + " is another record: the topic was made again");
        }
        return batch.subList(1, batch.size());
    }

    /** He may be the first to have what came last, of two who wait for it: the one before will do. */
    private @Nullable RecentRecords sharing(@Nullable LoggedEvent before, List<LoggedEvent> batch) {
        RecentRecords now = recent;
        return (before != null && now.has(before)) || batch.stream().anyMatch(now::has) ? now : null;
    }

    private Flux<List<LoggedEvent>> followed(
            @Nullable RecentRecords joined, AtomicReference<@Nullable LoggedEvent> last) {
        LoggedEvent known = last.get();
        return joined == null || known == null
                ? Flux.error(new IllegalStateException("The event log ended"))
                : joined.from(known.offset() + 1).publishOn(thread, 1);
    }

    /** It reads the last record that is there, too: so whoever is at the end finds it. */
    private void share() {
        Disposable.Swap mine = Disposables.swap();
        if (reading.compareAndSet(null, mine)) {
            mine.update(Flux.defer(this::shared)
                    .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                            .maxBackoff(Duration.ofSeconds(5))
                            .jitter(0.5)
                            .transientErrors(true)
                            .scheduler(Schedulers.boundedElastic())
                            .doBeforeRetry(retry -> told(retry.failure())))
                    .subscribe(batch -> {}, failure -> over(mine, failure)));
        }
    }

    /** Whoever reads next begins it anew. */
    private void over(Disposable mine, Throwable failure) {
        LOG.error("Events are read for all views together no more", failure);
        reading.compareAndSet(mine, null);
    }

    /** While there is no topic, or nobody who tells of it, the views say so themselves. */
    private void told(Throwable failure) {
        if (recent.isEmpty()) {
            LOG.debug("Events cannot be read for all views together yet", failure);
        } else {
            LOG.warn("Events are read for all views together anew: {}", failure.toString());
        }
    }

    private Flux<List<LoggedEvent>> shared() {
        RecentRecords mine = new RecentRecords(mostRecords, MOST_BYTES);
        return own.end()
                .flatMapMany(end -> own.from(Math.max(0, end - 1)))
                .concatWith(Mono.error(() -> new IllegalStateException("The event log ended")))
                .doOnSubscribe(begun -> recent = mine)
                .doOnNext(mine::add)
                .doOnError(mine::end);
    }

    @Override
    public Mono<Long> begin() {
        return own.begin();
    }

    @Override
    public Mono<Long> end() {
        return own.end();
    }

    @Override
    public void close() throws Exception {
        Disposable now = reading.get();
        if (now != null) {
            now.dispose();
        }
        if (own instanceof AutoCloseable closing) {
            closing.close();
        }
    }
}
