package io.forgewatch.query.projection;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The newest records of one reading of the topic, for all who are as far: bounded in number and bytes. Who is slower than what is kept
 * falls out and reads for himself.
 */
final class RecentRecords {

    private static final int LARGEST_BATCH = 2_000;

    private final int mostRecords;
    private final long mostBytes;

    // Guarded by this.
    private final NavigableMap<Long, LoggedEvent> kept = new TreeMap<>();
    private long bytes;
    private long goneUpTo;
    private long last = -1;
    private @Nullable Throwable over;
    private CompletableFuture<Void> moved = new CompletableFuture<>();

    RecentRecords(int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** Fails where offsets go back: the topic was made again, and what comes is not what comes next. */
    void add(List<LoggedEvent> batch) {
        CompletableFuture<Void> before;
        synchronized (this) {
            batch.forEach(this::keep);
            before = moved;
            moved = new CompletableFuture<>();
        }
        before.complete(null);
    }

    private void keep(LoggedEvent record) {
        if (record.offset() <= last) {
            throw new IllegalStateException("Behind offset " + last + " comes offset " + record.offset()
                    + ": the topic was deleted and made again");
        }
        last = record.offset();
        kept.put(record.offset(), record);
        bytes += record.envelope().length;
        while (kept.size() > mostRecords || (bytes > mostBytes && kept.size() > 1)) {
            LoggedEvent gone = kept.pollFirstEntry().getValue();
            bytes -= gone.envelope().length;
            goneUpTo = gone.offset() + 1;
        }
    }

    /** The reading has ended: so do all who follow it, once they have what is kept. */
    void end(Throwable why) {
        CompletableFuture<Void> before;
        synchronized (this) {
            over = why;
            before = moved;
        }
        before.complete(null);
    }

    /** Whether this very record is there. Only behind one that both have read do two readings go on with the same. */
    synchronized boolean has(LoggedEvent record) {
        LoggedEvent there = kept.get(record.offset());
        return over == null && there != null && there.isSameAs(record);
    }

    synchronized boolean isEmpty() {
        return kept.isEmpty();
    }

    /**
     * From this offset on, as it comes, told by whoever adds it: to be handed over at once. Completes when that is kept no longer;
     * fails when the reading ends.
     */
    Flux<List<LoggedEvent>> from(long offset) {
        return batch(offset)
                .expand(batch ->
                        batch.isEmpty() ? Mono.empty() : batch(batch.getLast().offset() + 1))
                .takeWhile(batch -> !batch.isEmpty());
    }

    private Mono<List<LoggedEvent>> batch(long offset) {
        return Mono.defer(() -> at(offset)).repeatWhenEmpty(again -> again.concatMap(unused -> change(offset), 1));
    }

    /** Empty where nothing is there yet; no records where they are kept no longer. */
    private synchronized Mono<List<LoggedEvent>> at(long offset) {
        if (offset < goneUpTo) {
            return Mono.just(List.of());
        }
        List<LoggedEvent> batch =
                kept.tailMap(offset).values().stream().limit(LARGEST_BATCH).toList();
        if (!batch.isEmpty()) {
            return Mono.just(batch);
        }
        return over == null ? Mono.empty() : Mono.error(over);
    }

    /** When it is worth another look: at once where something came since the last one. */
    private synchronized Mono<Boolean> change(long offset) {
        return over != null || offset <= last
                ? Mono.just(true)
                : Mono.fromFuture(moved, true).thenReturn(true);
    }
}
