package io.forgewatch.query.projection;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs every projection, each at its own pace, while the application is up. */
final class Projections implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final Duration LAST_WRITES = Duration.ofSeconds(3);

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

    /** Each writes down how far it is, so that the next start reads nothing again. */
    @Override
    public void stop(Runnable stopped) {
        stop();
        Flux.fromIterable(runs)
                .flatMap(ProjectionRun::keep, runs.size())
                .then()
                .timeout(LAST_WRITES)
                .doOnError(failure -> LOG.warn("Not every projection wrote down how far it is", failure))
                .onErrorComplete()
                .doFinally(end -> stopped.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
