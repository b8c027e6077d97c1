package io.forgewatch.command.gateway;

import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.command.telemetry.PlantFeed;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Opens the door at start: once the topics are there, the plant is known and the used sequences are remembered. Until then
 * frames are answered with 503, since a frame taken too early could be taken twice.
 */
public final class Opening implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final TelemetryTopics topics;
    private final PlantFeed plants;
    private final PlantDirectory directory;
    private final SequenceFollowing following;
    private final Sinks.Empty<Void> opened = Sinks.empty();
    private final Disposable.Swap running = Disposables.swap();
    private volatile boolean open;
    private volatile boolean started;

    Opening(TelemetryTopics topics, PlantFeed plants, PlantDirectory directory, SequenceFollowing following) {
        this.topics = topics;
        this.plants = plants;
        this.directory = directory;
        this.following = following;
    }

    /** Completes when the door is open. */
    public Mono<Void> opened() {
        return opened.asMono();
    }

    public boolean isOpen() {
        return open;
    }

    @Override
    public void start() {
        started = true;
        running.update(topics.ensure()
                .then(plants.caughtUp())
                .then(Mono.defer(() -> following.begin(directory.gateways())))
                .doOnError(failure -> LOG.warn("The door can't open yet", failure))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10)))
                .subscribe(nothing -> {}, failure -> LOG.error("The door stays closed", failure), this::open));
    }

    private void open() {
        open = true;
        LOG.info("The door for frames is open");
        opened.tryEmitEmpty();
    }

    @Override
    public void stop() {
        open = false;
        started = false;
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }
}
