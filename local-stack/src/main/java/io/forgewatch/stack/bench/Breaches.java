package io.forgewatch.stack.bench;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Breaks limits one after another, on one enterprise after another, then on the next device of each, and waits for the warnings. A
 * delay is counted from just before the gateway made the frame with the first reading beyond the limit, so that what is told is
 * rather too much: signing, sending and the way through the door are within it.
 */
final class Breaches {

    static final int A_SECOND = 2;
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    private final LoaderProcess loader;
    private final WarningWatch watch;
    private final int gateways;
    private final int devices;
    private final Progress progress;
    private int planted;

    /** @param gateways of which the first so many of the loader's take part, with so many devices each */
    Breaches(LoaderProcess loader, WarningWatch watch, int gateways, int devices, Progress progress) {
        this.loader = loader;
        this.watch = watch;
        this.gateways = gateways;
        this.devices = devices;
        this.progress = progress;
    }

    /** Something done half-way between two breaches. */
    @FunctionalInterface
    interface Between {
        void breaches(int number) throws Exception;
    }

    /** Breaks so many, {@value #A_SECOND} a second; their points. */
    List<String> plant(int count, Between between) throws Exception {
        List<String> points = new ArrayList<>();
        long began = System.nanoTime();
        while (points.size() < count) {
            int gateway = planted % gateways;
            int device = planted / gateways % devices;
            loader.hold(gateway, BenchCountry.pressureOf(device), BenchCountry.BELOW_LL);
            points.add(BenchCountry.pressure(gateway, device));
            planted++;
            if (points.size() % 20 == 0) {
                watch.mustFollow();
                progress.tell("%d breaches planted, %d warnings on the stream"
                        .formatted(planted, watch.arrivals().size()));
            }
            until(began, points.size() - 0.5);
            between.breaches(planted);
            until(began, points.size());
        }
        return List.copyOf(points);
    }

    List<String> plant(int count) throws Exception {
        return plant(count, number -> {});
    }

    /** Until all warnings have come, but no longer than {@link #MOST_WAIT}. */
    void await(Collection<String> points) throws Exception {
        boolean all = Patience.until(MOST_WAIT, () -> watch.arrivals().keySet().containsAll(points));
        if (!all) {
            progress.tell(
                    "After %d s not all of %d warnings have come".formatted(MOST_WAIT.toSeconds(), points.size()));
        }
    }

    /** The loader's next phase that ends. */
    LoadPhase next(Duration most) throws Exception {
        List<LoadPhase> found = new ArrayList<>();
        long began = System.nanoTime();
        long[] told = {began};
        Patience.mustCome("the loader's next phase to end", most, () -> {
            watch.mustFollow();
            @Nullable LoadPhase phase = loader.poll(200);
            if (phase != null) {
                progress.tell(phase.name() + "  " + phase.told());
                found.add(phase);
            } else if (System.nanoTime() - told[0] > 5_000_000_000L) {
                told[0] = System.nanoTime();
                progress.tell("Load goes on, %.0f s of it".formatted((told[0] - began) / 1e9));
            }
            return phase != null;
        });
        return found.getFirst();
    }

    /** When the first value beyond was sent of those that were, in epoch microseconds. */
    Map<String, Long> sent(Collection<String> points) {
        Map<String, Long> sent = new HashMap<>(loader.heldSince());
        sent.keySet().retainAll(points);
        return sent;
    }

    /** How long each took from the end of its delay to the stream, as far as is known by now. */
    Latencies latencies(Collection<String> points) {
        return latencies(points, loader.heldSince(), watch.arrivals());
    }

    /** What was not sent or did not come is missing. */
    static Latencies latencies(Collection<String> points, Map<String, Long> sent, Map<String, Long> arrived) {
        Latencies latencies = new Latencies();
        for (String point : points) {
            Long from = sent.get(point);
            Long to = arrived.get(point);
            if (from == null || to == null) {
                latencies.never();
            } else {
                latencies.came(to - from - BenchCountry.DELAY_ON_MILLIS * 1_000L);
            }
        }
        return latencies;
    }

    private static void until(long began, double place) throws Exception {
        long due = began + (long) (place * 1_000_000_000L / A_SECOND);
        while (System.nanoTime() - due < 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }
}
