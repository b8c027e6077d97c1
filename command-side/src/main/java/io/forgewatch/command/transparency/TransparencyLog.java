package io.forgewatch.command.transparency;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.LogCheckpoints;
import io.forgewatch.command.eventstore.LogCheckpoints.StoredCheckpoint;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.command.transparency.LogState.Departing;
import io.forgewatch.command.transparency.LogState.Extending;
import io.forgewatch.event.transparency.TransparencyEvent.LogEpochOpened;
import io.forgewatch.log.Note;
import io.forgewatch.web.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The log as this instance knows it: whether the store extends what was published, looked at once at the start and whenever an
 * epoch is opened, and the last checkpoint that is stored, whoever signed it. Opens and closes the store's gate.
 */
final class TransparencyLog extends StandingWork {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(TransparencyLog.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EventFeed feed;
    private final LogCheckpoints checkpoints;
    private final ExtensionCheck check;
    private final TileShelf shelf;
    private final LogKeys keys;
    private final AppendGate gate;
    private final Sinks.Many<LogState> states = Sinks.many().replay().latest();
    private final Sinks.Many<Published> publications = Sinks.many().replay().latest();

    @Nullable
    private volatile LogState state;

    @Nullable
    private volatile Published published;

    /** The last checkpoint, the note as proofs carry it, and the tree under it. */
    record Published(SignedCheckpoint checkpoint, Note note, SealedTree tree) {}

    TransparencyLog(
            EventFeed feed,
            LogCheckpoints checkpoints,
            ExtensionCheck check,
            TileShelf shelf,
            LogKeys keys,
            AppendGate gate) {
        super(Phases.LOG, LONGEST_STOP);
        this.feed = feed;
        this.checkpoints = checkpoints;
        this.check = check;
        this.shelf = shelf;
        this.keys = keys;
        this.gate = gate;
    }

    /** What was found; empty until somebody has looked. */
    Optional<LogState> state() {
        return Optional.ofNullable(state);
    }

    /** The state now and whenever it changes. */
    Flux<LogState> states() {
        return states.asFlux();
    }

    /** The last checkpoint of the current epoch; empty while there is none, or while it cannot be vouched for. */
    Optional<Published> published() {
        return state instanceof Extending ? Optional.ofNullable(published) : Optional.empty();
    }

    /** The last checkpoint now, and each later one. */
    Flux<Published> publications() {
        return publications.asFlux();
    }

    /**
     * The last checkpoint.
     *
     * @throws Problem 503 while the store departs from what was published, 404 while there is none
     */
    Published mustBePublished() {
        mustExtend();
        return published()
                .orElseThrow(() -> new Problem(
                        404,
                        "log-not-sealed",
                        "There is no checkpoint yet; the first comes within a minute of the first event."
                                + " 尚无检查点；首个事件后一分钟内生成。"));
    }

    /**
     * The current epoch.
     *
     * @throws Problem 503 while the store departs from what was published, or nobody has looked yet
     */
    int mustExtend() {
        return switch (state) {
            case null -> throw Problem.unavailable(1);
            case Departing departing -> throw departing.problem();
            case Extending(int epoch) -> epoch;
        };
    }

    /** What is stored is published: here at once, elsewhere as soon as they look. */
    synchronized void publish(StoredCheckpoint stored) {
        LogState known = state;
        if (known == null || stored.epoch() != known.epoch() || isOld(stored)) {
            return;
        }
        SignedCheckpoint checkpoint = SignedCheckpoint.of(keys.origin(stored.epoch()), stored);
        Published next = new Published(
                checkpoint,
                Note.parse(stored.note().getBytes(StandardCharsets.UTF_8)),
                new SealedTree(stored.epoch(), stored.size(), shelf));
        published = next;
        publications.tryEmitNext(next).orThrow();
    }

    /** Looks for a checkpoint that somebody stored and for an epoch that somebody opened. */
    Mono<Void> look() {
        return feed.of(LogEpochs.subject(keys.host()), 0, Integer.MAX_VALUE)
                .map(recorded -> (LogEpochOpened) recorded.event())
                .collectList()
                .flatMap(this::settle)
                .then(checkpoints.latest())
                .doOnNext(this::publish)
                .then();
    }

    @Override
    protected Disposable begin() {
        return Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .concatMap(tick -> look(), 1)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(retry -> LOG.warn(
                                "The log cannot be looked at and is tried again: {}",
                                retry.failure().toString())))
                .subscribe();
    }

    private boolean isOld(StoredCheckpoint stored) {
        Published known = published;
        return known != null
                && known.checkpoint().epoch() == stored.epoch()
                && known.checkpoint().size() >= stored.size();
    }

    private Mono<Void> settle(List<LogEpochOpened> epochs) {
        int newest = epochs.isEmpty() ? LogEpochs.FIRST : epochs.getLast().epoch();
        LogState known = state;
        if (known != null && known.epoch() == newest) {
            return Mono.empty();
        }
        return check.look(epochs).doOnNext(this::become).then();
    }

    private synchronized void become(LogState found) {
        state = found;
        switch (found) {
            case Extending(int epoch) -> {
                LOG.info("The log goes on in epoch {}", epoch);
                gate.open();
            }
            case Departing departing -> {
                LOG.error(
                        "The store does not extend checkpoint {} of size {}: {} Nothing is appended until a new epoch is opened.",
                        departing.claim().origin(),
                        departing.claim().size(),
                        departing.why());
                gate.close(departing.problem());
            }
        }
        states.tryEmitNext(found).orThrow();
    }
}
