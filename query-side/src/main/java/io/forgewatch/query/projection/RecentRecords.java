package io.forgewatch.query.projection;

import java.util.Arrays;
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
    private @Nullable Throwable over;
    private CompletableFuture<Void> moved = new CompletableFuture<>();

    RecentRecords(int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

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
        return over == null
                && there != null
                && there.position() == record.position()
                && Arrays.equals(there.envelope(), record.envelope());
    }

    /** From this offset on, as it comes, told by whoever adds it: to be handed over at once. Completes when that is kept no longer; fails when the reading ends. */
    Flux<List<LoggedEvent>> from(long offset) {
        return batch(offset).expand(batch -> batch(batch.getLast().offset() + 1));
    }

    private Mono<List<LoggedEvent>> batch(long offset) {
        return Mono.defer(() -> {
            CompletableFuture<Void> change;
            synchronized (this) {
                if (offset < goneUpTo) {
                    return Mono.empty();
                }
                List<LoggedEvent> batch = kept.tailMap(offset).values().stream()
                        .limit(LARGEST_BATCH)
                        .toList();
                if (!batch.isEmpty()) {
                    return Mono.just(batch);
                }
                if (over != null) {
                    return Mono.error(over);
                }
                change = moved;
            }
            return Mono.fromFuture(change, true).then(batch(offset));
        });
    }
}
