package io.forgewatch.command.gateway;

import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.command.telemetry.PlantFeed;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Opens the door at start: once the topics are there, the plant is known and the used sequences are remembered. Until then
 * frames are answered with 503, since a frame taken too early could be taken twice. Once open it stands open until the stop.
 */
public final class Opening implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final TelemetryTopics topics;
    private final PlantFeed plants;
    private final PlantDirectory directory;
    private final SequenceFollowing following;
    private final StandingStream standing;
    private final Sinks.Empty<Void> opened = Sinks.empty();
    private volatile boolean open;

    Opening(
            TelemetryTopics topics,
            PlantFeed plants,
            PlantDirectory directory,
            SequenceFollowing following,
            StandingStreams streams) {
        this.topics = topics;
        this.plants = plants;
        this.directory = directory;
        this.following = following;
        this.standing = streams.of("door", this::stand);
    }

    /** Completes when the door is open. */
    public Mono<Void> opened() {
        return opened.asMono();
    }

    public boolean isOpen() {
        return open;
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(standing);
    }

    private Flux<Boolean> stand() {
        return topics.ensure()
                .then(plants.caughtUp())
                .then(Mono.defer(() -> following.begin(directory.gateways())))
                .then(Mono.fromSupplier(this::open))
                .concatWith(Mono.never());
    }

    private boolean open() {
        open = true;
        LOG.info("The door for frames is open");
        opened.tryEmitEmpty();
        return true;
    }

    @Override
    public void stop() {
        open = false;
        Stands.super.stop();
    }
}
