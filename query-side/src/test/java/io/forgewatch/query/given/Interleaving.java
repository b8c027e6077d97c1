package io.forgewatch.query.given;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.query.projection.Projection;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Two instances of a projection over one store, interleaved at random, as if both took themselves for its folder: each reads on
 * at its own pace, both write at once, they are killed in the middle of a batch and begin again at what was written down. Worse
 * than leases allow, so that what late writes of one who lost his lease can do is done here all the time.
 */
public final class Interleaving {

    private static final int MOST_RESTARTS = 2_000;

    private final List<RecordedEvent> events;
    private final Supplier<Projection> start;
    private final Random random;
    private final LongConsumer written;
    private final One[] both;

    /** How many events are surely written: what a checkpoint says. */
    private int kept;

    private int restarts;

    private static final class One {
        Projection projection;
        int next;
    }

    private Interleaving(List<RecordedEvent> events, long seed, Supplier<Projection> start, LongConsumer written) {
        this.events = events;
        this.start = start;
        this.written = written;
        this.random = new Random(seed);
        this.both = new One[2];
    }

    /** Ends when both have taken in all events. */
    public static void of(List<RecordedEvent> events, long seed, Supplier<Projection> start) {
        of(events, seed, start, position -> {});
    }

    /** @param written hears up to which position all is written, whenever one of them has written that down */
    public static void of(List<RecordedEvent> events, long seed, Supplier<Projection> start, LongConsumer written) {
        new Interleaving(events, seed, start, written).run();
        written.accept(events.getLast().position());
    }

    private void run() {
        while (beginAgain() && (both[0].next < events.size() || both[1].next < events.size())) {
            switch (random.nextInt(8)) {
                case 0, 1 -> Mono.when(step(both[0], 0), step(both[1], 1)).block();
                case 2 -> killed(random.nextInt(2));
                default -> {
                    int which = random.nextInt(2);
                    step(both[which], which).block();
                }
            }
        }
    }

    private boolean beginAgain() {
        for (int which = 0; which < both.length; which++) {
            both[which] = both[which] == null ? begun() : both[which];
        }
        return true;
    }

    private Mono<Void> step(One one, int which) {
        int from = one.next;
        int to = Math.min(events.size(), from + 1 + random.nextInt(12));
        if (from == to) {
            return Mono.empty();
        }
        boolean writesDown = random.nextInt(3) == 0;
        return one.projection
                .apply(events.subList(from, to))
                .doOnSuccess(done -> {
                    one.next = to;
                    if (writesDown && to > kept) {
                        kept = to;
                        written.accept(events.get(to - 1).position());
                    }
                })
                .onErrorResume(overtaken -> Mono.fromRunnable(() -> restart(which, overtaken)));
    }

    /** Its last batch is under way when it goes: some of it is written, now or later. */
    private void killed(int which) {
        One one = both[which];
        int to = Math.min(events.size(), one.next + 1 + random.nextInt(12));
        if (one.next < to) {
            var underWay = one.projection.apply(events.subList(one.next, to)).subscribe(done -> {}, failure -> {});
            if (random.nextBoolean()) {
                underWay.dispose();
            }
        }
        both[which] = null;
    }

    private void restart(int which, Throwable why) {
        if (++restarts > MOST_RESTARTS) {
            throw new AssertionError("Begun again too often", why);
        }
        both[which] = null;
    }

    private One begun() {
        One one = new One();
        one.projection = start.get();
        one.next = kept;
        return one;
    }
}
