package io.forgewatch.stack.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Something done again and again for a while, so many at a time. */
final class Rounds {

    private Rounds() {}

    /** What came of one round. */
    record Round(double perSecond, Latencies latencies) {}

    /** Runs one round and waits for what is on its way; fails with the first that fails. */
    static Round run(int inFlight, Duration length, Supplier<? extends Publisher<?>> work) {
        Latencies latencies = new Latencies();
        long began = System.nanoTime();
        long end = began + length.toNanos();
        Flux.range(0, inFlight)
                .flatMap(
                        lane -> timed(work, latencies)
                                .subscribeOn(Schedulers.parallel())
                                .repeat(() -> System.nanoTime() - end < 0),
                        inFlight)
                .then()
                .block(length.plusMinutes(1));
        return new Round(latencies.count() * 1e9 / (System.nanoTime() - began), latencies);
    }

    private static Mono<Void> timed(Supplier<? extends Publisher<?>> work, Latencies latencies) {
        return Mono.defer(() -> {
            long from = System.nanoTime();
            return Flux.from(work.get()).then(Mono.<Void>fromRunnable(() -> {
                synchronized (latencies) {
                    latencies.came((System.nanoTime() - from) / 1_000);
                }
            }));
        });
    }

    static double median(List<Round> rounds) {
        return StartWarm.median(rounds.stream().map(Round::perSecond).toList());
    }

    /** The median of the rounds' 99th percentiles, in milliseconds. */
    static double p99(List<Round> rounds) {
        return rounds.stream()
                .map(round -> round.latencies().millis(99))
                .sorted(Comparator.naturalOrder())
                .toList()
                .get((rounds.size() - 1) / 2);
    }
}
