package io.forgewatch.query.projection;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs every projection, each at its own pace, while the application is up. */
final class Projections implements SmartLifecycle {

    private final List<ProjectionRun> runs;
    private @Nullable Disposable running;

    Projections(
            List<Projection> projections,
            EventLog log,
            Checkpoints checkpoints,
            Progress progress,
            MeterRegistry meters) {
        projections.forEach(projection -> progress.begin(projection.name(), 0));
        this.runs = projections.stream()
                .map(projection -> new ProjectionRun(projection, log, checkpoints, progress, meters))
                .toList();
    }

    @Override
    public void start() {
        running = Flux.fromIterable(runs)
                .flatMap(run -> run.run().onErrorResume(stopped -> Mono.empty()), runs.size())
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable now = running;
        running = null;
        if (now != null) {
            now.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
