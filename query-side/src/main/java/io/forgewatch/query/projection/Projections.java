package io.forgewatch.query.projection;

import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs every view, each at its own pace, and the comparison of all with their events, while the application is up. */
final class Projections implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_WHILE_OPENING = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);
    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

    private final List<ViewRuns> views;
    private final List<StandingStream> standing;
    private final LookTroubles troubles = new LookTroubles(System::nanoTime);

    /** @param streams each view is followed by one of its own: what fails of one silences no other */
    Projections(
            List<ViewRuns> views,
            Reconciler reconciler,
            Footing footing,
            StandingStreams streams,
            MeterRegistry meters) {
        this.views = views.stream()
                .sorted(Comparator.comparing(one -> one.name().name()))
                .toList();
        this.standing = Stream.concat(
                        this.views.stream()
                                .map(view -> streams.of("view " + view.name().name(), () -> followed(view))),
                        Stream.of(
                                streams.of("comparison of views", reconciler::run),
                                streams.of("end of the events", footing::watch)))
                .toList();
        this.views.forEach(view -> measure(view, meters));
    }

    /** Of every view, by name, as far as it was looked at yet. */
    List<ViewReport> reports() {
        return views.stream().flatMap(view -> view.report().stream()).toList();
    }

    /** Whether the stored state of every view was seen. */
    boolean areKnown() {
        return reports().size() == views.size();
    }

    /** Whether another instance folds any of them, by what was seen of the leases last. */
    boolean isAnyFoldedElsewhere() {
        return views.stream().anyMatch(ViewRuns::isFoldedElsewhere);
    }

    /** Begins to build a view anew, and says how it stands; empty when there is no such view. */
    Mono<ViewReport> rebuild(String name) {
        return Mono.justOrEmpty(views.stream()
                        .filter(view -> view.name().name().equals(name))
                        .findFirst())
                .flatMap(ViewRuns::rebuild);
    }

    @Override
    public void start() {
        standing.forEach(StandingStream::start);
    }

    @Override
    public void stop() {
        standing.forEach(StandingStream::stop);
        views.forEach(ViewRuns::stop);
    }

    /** Each writes down how far it is, so that the next start reads nothing again, and lets another instance go on at once. */
    @Override
    public void stop(Runnable stopped) {
        stop();
        Flux.fromIterable(views)
                .flatMap(ViewRuns::leave, views.size())
                .then()
                .timeout(LAST_WRITES)
                .doOnError(failure -> LOG.warn("Not every projection wrote down how far it is", failure))
                .onErrorComplete()
                .doFinally(end -> stopped.run())
                .subscribe(nothing -> {}, failure -> LOG.error("The projections did not end well", failure));
    }

    @Override
    public boolean isRunning() {
        return standing.getFirst().isStarted();
    }

    /** A signal whenever it was looked at. */
    private Flux<Long> followed(ViewRuns view) {
        return Flux.interval(Duration.ZERO, LOOK_EVERY, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .concatMap(
                        // One that nobody can read yet is looked at more often.
                        tick -> look(view)
                                .repeatWhen(looks -> looks.takeWhile(look -> view.isOpening())
                                        .delayElements(LOOK_WHILE_OPENING, Schedulers.boundedElastic()))
                                .then(Mono.just(tick)),
                        1);
    }

    private Mono<Void> look(ViewRuns view) {
        return view.follow().timeout(LONGEST_LOOK).onErrorResume(failure -> {
            troubles.met(view.name(), failure);
            return Mono.empty();
        });
    }

    private static void measure(ViewRuns view, MeterRegistry meters) {
        measure(view, meters, "position", "the last event that is shown", ViewReport::position);
        measure(
                view,
                meters,
                "parked",
                "whose events are not taken in",
                report -> report.parked().size());
        measure(
                view,
                meters,
                "troubled",
                "1 while it shows nothing newer: store or broker fail, or nobody folds it",
                report -> report.trouble() == null ? 0 : 1);
        measure(
                view,
                meters,
                "drift",
                "documents that differ from their events",
                report -> report.drift().size());
        measure(view, meters, "building", "how much of a new generation is built, 0 to 1; NaN without one", report -> {
            ViewReport.Building building = report.building();
            return building == null ? Double.NaN : building.done();
        });
    }

    private static void measure(
            ViewRuns view, MeterRegistry meters, String what, String description, ToDoubleFunction<ViewReport> value) {
        Gauge.builder(
                        "forgewatch.projection." + what,
                        view,
                        one -> one.report()
                                .map(report -> value.applyAsDouble(report))
                                .orElse(Double.NaN))
                .description(description)
                .tag("projection", view.name().name())
                .register(meters);
    }
}
