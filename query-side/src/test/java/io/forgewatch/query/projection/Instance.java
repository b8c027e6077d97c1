package io.forgewatch.query.projection;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/** One query side's projections of one view, started and stopped as the application does. */
final class Instance implements AutoCloseable {

    final Progress progress = new Progress();
    final Drifts drifts = new Drifts();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Projections projections;
    private final String view;

    Instance(ProjectionStore store, EventLog log, Duration grace, ViewDefinition... versions) {
        List<ViewDefinition> definitions = List.of(versions);
        Reconciler reconciler = new Reconciler(
                definitions,
                store,
                log,
                progress,
                drifts,
                new Reconciler.Pace(Duration.ofMillis(20), 10, 100_000),
                meters);
        view = versions[0].name().name();
        projections = new Projections(
                List.of(new ViewRuns(definitions, store, log, progress, drifts, grace)), reconciler, meters);
        projections.start();
    }

    ViewReport report() {
        return projections.reports().getFirst();
    }

    Instance awaitPosition(long position) {
        Awaitility.await("position " + position).atMost(PATIENCE).until(() -> progress.reached() >= position);
        return this;
    }

    Instance awaitBuild(int build) {
        Awaitility.await("build " + build)
                .atMost(PATIENCE)
                .until(() -> projections.reports().stream().anyMatch(report -> report.build() == build));
        return this;
    }

    double gauge(String name) {
        return meters.get("forgewatch.projection." + name)
                .tag("projection", view)
                .gauge()
                .value();
    }

    @Override
    public void close() {
        AtomicBoolean stopped = new AtomicBoolean();
        projections.stop(() -> stopped.set(true));
        Awaitility.await().atMost(PATIENCE).untilTrue(stopped);
    }

    static final Duration PATIENCE = Duration.ofSeconds(40);
}
