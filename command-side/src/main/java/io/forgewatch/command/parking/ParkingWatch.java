package io.forgewatch.command.parking;

import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.command.parking.ParkingRows.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at what is parked, outside of all bulkheads: for the gauges and the health page. */
final class ParkingWatch extends StandingWork {

    /** So long parked, then somebody must see to it. */
    static final Duration TOLD_AFTER = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ParkingWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final List<String> NAMED = List.of("signals", "due-dates");
    private static final String AUTOMATIONS = "automations";

    private final ParkingRows rows;
    private volatile List<Standing> standing = List.of();

    ParkingWatch(ParkingRows rows, MeterRegistry meters) {
        super(Phases.AUTOMATIONS, Duration.ofSeconds(1));
        this.rows = rows;
        NAMED.forEach(kind -> measure(kind, meters));
        measure(AUTOMATIONS, meters);
    }

    @Override
    protected Disposable begin() {
        return Flux.interval(Duration.ZERO, LOOK_EVERY, Schedulers.parallel())
                .onBackpressureDrop()
                .concatMap(
                        tick -> rows.standing()
                                .collectList()
                                .doOnNext(now -> standing = now)
                                .onErrorResume(failure -> {
                                    LOG.warn("What is parked is not known: {}", failure.toString());
                                    return Mono.empty();
                                }),
                        1)
                .subscribe();
    }

    /** As it was a few seconds ago. */
    List<Standing> standing() {
        return standing;
    }

    /** Whether something has failed, or waited, for so long that somebody must see to it. */
    boolean needsAttention() {
        return standing.stream().anyMatch(one -> one.oldestSeconds() >= TOLD_AFTER.toSeconds());
    }

    private double of(String kind, ToDoubleFunction<Standing> value) {
        return standing.stream()
                .filter(one -> kind(one).equals(kind))
                .mapToDouble(value)
                .sum();
    }

    private static String kind(Standing one) {
        return NAMED.contains(one.worker()) ? one.worker() : AUTOMATIONS;
    }

    private void measure(String kind, MeterRegistry meters) {
        gauge(kind, "forgewatch.parked.failing", "What keeps failing and is left alone", Standing::failing, meters);
        gauge(kind, "forgewatch.parked.behind", "Of what more came than can wait", Standing::behind, meters);
        Gauge.builder(
                        "forgewatch.parked.oldest",
                        this,
                        watch -> watch.standing.stream()
                                .filter(one -> kind(one).equals(kind))
                                .mapToDouble(Standing::oldestSeconds)
                                .max()
                                .orElse(0))
                .description("How long the oldest is parked, whether it fails or is behind")
                .baseUnit("seconds")
                .tag("work", kind)
                .register(meters);
    }

    private void gauge(
            String kind, String name, String description, ToDoubleFunction<Standing> value, MeterRegistry meters) {
        Gauge.builder(name, this, watch -> watch.of(kind, value))
                .description(description)
                .tag("work", kind)
                .register(meters);
    }
}
