package io.forgewatch.query.projection;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/** One query side's projections of one view, started and stopped as the application does. */
final class Instance implements AutoCloseable {

    final Progress progress;
    final Drifts drifts = new Drifts();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Projections projections;
    private final String view;

    Instance(ProjectionStore store, EventLog log, Duration grace, ViewDefinition... versions) {
        this(UUID.randomUUID().toString(), store, log, grace, versions);
    }

    /** @param name the same after a restart, or another instance's */
    Instance(String name, ProjectionStore store, EventLog log, Duration grace, ViewDefinition... versions) {
        this(name, new Progress(), store, log, grace, versions);
    }

    Instance(
            String name,
            Progress progress,
            ProjectionStore store,
            EventLog log,
            Duration grace,
            ViewDefinition... versions) {
        this.progress = progress;
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
                List.of(new ViewRuns(definitions, store, log, progress, drifts, grace, new Tenancy(name, TERM))),
                reconciler,
                new Footing(List.of(versions[0].name()), store.checkpoints(), log, progress, TERM),
                new StandingStreams(meters),
                meters);
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

    /** Ends as a killed process does: nothing is written down, no lease is given back. */
    void kill() {
        projections.stop();
    }

    static final Duration TERM = Duration.ofSeconds(2);

    /** A tenure under token 1 that nobody takes over. */
    static Tenure forEver() {
        return new Tenure(Lease.NONE.takenBy("here"), Duration.ofDays(1), System.nanoTime());
    }

    /** Checkpoints, of which token 1 has claimed a generation's. */
    static Checkpoints claimed(MongoDatabase database, Generation generation) {
        Checkpoints checkpoints = new Checkpoints(database);
        checkpoints.claim(generation, 1).block();
        return checkpoints;
    }

    static final Duration PATIENCE = Duration.ofSeconds(40);
}
