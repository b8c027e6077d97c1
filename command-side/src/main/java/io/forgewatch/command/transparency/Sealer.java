package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.LogCheckpoints.StoredCheckpoint;
import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.LogTiles;
import io.forgewatch.command.eventstore.LogTiles.FullTile;
import io.forgewatch.command.eventstore.MissingLeavesException;
import io.forgewatch.command.eventstore.Phases;
import io.forgewatch.command.eventstore.StandingWork;
import io.forgewatch.command.transparency.LogState.Extending;
import io.forgewatch.command.transparency.TransparencyLog.Published;
import io.forgewatch.log.FilledTile;
import io.forgewatch.log.Hash;
import io.forgewatch.log.RightEdge;
import io.forgewatch.log.Tile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Follows the store, outside of the append path, and writes each full tile once; signs a checkpoint every minute in which
 * something came, and at the stop; brings every checkpoint to the outlets. One instance among many does.
 */
final class Sealer extends StandingWork {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);

    /** Tiles a step: 4,096 events. */
    private static final int STEP = 16;

    private final TransparencyLog log;
    private final Leadership leadership;
    private final LogLeaves leaves;
    private final LogTiles tiles;
    private final TileShelf shelf;
    private final Checkpoints checkpoints;
    private final Outlets outlets;
    private final Duration period;

    private volatile int leading;

    Sealer(
            TransparencyLog log,
            Leadership leadership,
            LogLeaves leaves,
            LogTiles tiles,
            TileShelf shelf,
            Checkpoints checkpoints,
            Outlets outlets,
            Duration period) {
        // Stops before the log itself does.
        super(Phases.LOG + 1, LONGEST_STOP);
        this.log = log;
        this.leadership = leadership;
        this.leaves = leaves;
        this.tiles = tiles;
        this.shelf = shelf;
        this.checkpoints = checkpoints;
        this.outlets = outlets;
        this.period = period;
    }

    @Override
    protected Disposable begin() {
        return leadership
                .whileLeading(
                        "log",
                        log.states()
                                .switchMap(state -> state instanceof Extending(int epoch)
                                        ? Flux.defer(() -> lead(epoch))
                                        : Flux.never()))
                .subscribe();
    }

    /** The last checkpoint has all that was appended before. */
    @Override
    protected Mono<?> end(Disposable work) {
        int epoch = leading;
        Mono<?> last =
                epoch == 0 ? Mono.empty() : leaves.settled().then(cut(epoch)).then(Mono.defer(this::supplied));
        return last.doFinally(signal -> work.dispose());
    }

    private Flux<?> lead(int epoch) {
        return resumed(epoch)
                .flatMapMany(edge -> seal(epoch, edge)
                        .then(Mono.defer(() -> leaves.complete(edge.size(), Tile.FULL)))
                        .doOnSuccess(unused -> leading = epoch)
                        .thenMany(Flux.merge(
                                Flux.interval(LOOK).onBackpressureDrop().concatMap(tick -> seal(epoch, edge), 1),
                                Flux.interval(Duration.ZERO, period)
                                        .onBackpressureDrop()
                                        .concatMap(tick -> cut(epoch), 1),
                                outlets.supply(log.publications()
                                        .map(Published::checkpoint)
                                        .filter(checkpoint -> checkpoint.epoch() == epoch)))))
                .doFinally(signal -> leading = 0);
    }

    private Mono<RightEdge> resumed(int epoch) {
        return tiles.count(epoch, 0)
                .map(full -> full * Tile.FULL)
                .flatMap(size -> Flux.fromIterable(Tile.partials(size))
                        .concatMap(tile -> shelf.tile(epoch, tile).map(found -> Map.entry(tile, found)))
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                        .map(found -> RightEdge.resume(size, tile -> Optional.ofNullable(found.get(tile)))));
    }

    /** Seals all that fills whole tiles. */
    private Mono<Void> seal(int epoch, RightEdge edge) {
        return leaves.size()
                .flatMap(size -> {
                    long waiting = (size - edge.size()) / Tile.FULL;
                    return waiting == 0
                            ? Mono.just(false)
                            : step(epoch, edge, (int) Math.min(STEP, waiting)).thenReturn(true);
                })
                .repeat()
                .takeWhile(more -> more)
                .then();
    }

    private Mono<Void> step(int epoch, RightEdge edge, int count) {
        long first = edge.size();
        int events = count * Tile.FULL;
        return leaves.hashes(first, events)
                // Written before there were entries.
                .onErrorResume(
                        MissingLeavesException.class,
                        missing -> leaves.complete(first, events).then(leaves.hashes(first, events)))
                .publishOn(Schedulers.parallel())
                .flatMap(hashes -> tiles.write(epoch, filled(edge, hashes)));
    }

    private static List<FullTile> filled(RightEdge edge, byte[] hashes) {
        List<FullTile> filled = new ArrayList<>();
        for (int at = 0; at < hashes.length; at += Hash.LENGTH) {
            for (FilledTile each : edge.append(Hash.of(Arrays.copyOfRange(hashes, at, at + Hash.LENGTH)))) {
                filled.add(new FullTile(
                        each.tile().level(),
                        each.tile().index(),
                        each.hashes().root().bytes(),
                        each.hashes().bytes()));
            }
        }
        return filled;
    }

    /** Completes when every outlet has the last checkpoint. */
    private Mono<Void> supplied() {
        return Mono.justOrEmpty(log.published()).map(Published::checkpoint).flatMap(outlets::have);
    }

    private Mono<StoredCheckpoint> cut(int epoch) {
        return checkpoints.cut(epoch).doOnNext(log::publish);
    }
}
