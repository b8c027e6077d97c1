package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.LogCheckpoints;
import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.LogTiles;
import io.forgewatch.command.eventstore.StoreInstance;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * One instance of the transparency log on a store, put together as the beans are, without Spring and with keys of its own: for
 * trials and benchmarks.
 */
public final class LogInstance implements AutoCloseable {

    private static final int CACHED_TILES = 4_096;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final LogLeaves leaves;
    private final TransparencyLog log;
    private final Sealer sealer;
    private final Checkpoints checkpoints;

    /**
     * Looks at the store, opens its gate and begins to seal.
     *
     * @param gate that the store was made with
     * @param period between two checkpoints
     */
    public LogInstance(StoreInstance store, AppendGate gate, Duration period) {
        LogKeys keys = new LogKeys("bench.invalid", secret(), secret());
        LogCheckpoints stored = store.logCheckpoints();
        this.leaves = store.logLeaves();
        LogTiles tiles = store.logTiles();
        TileShelf shelf = new TileShelf(leaves, tiles, CACHED_TILES);
        this.log = new TransparencyLog(
                store.feed(), stored, new ExtensionCheck(null, stored, leaves, shelf, keys), shelf, keys, gate);
        this.checkpoints = new Checkpoints(leaves, tiles, stored, shelf, keys);
        this.sealer =
                new Sealer(log, store.leadership(), leaves, tiles, shelf, checkpoints, new Outlets(List.of()), period);
        log.start();
        sealer.start();
    }

    /** Completes when all that is in the store is sealed and under a checkpoint; tells how many events that is. */
    public Mono<Long> sealed() {
        return leaves.size()
                .flatMap(size -> Mono.defer(() -> checkpoints.cut(LogEpochs.FIRST))
                        .retryWhen(Retry.fixedDelay(3_000, LOOK_AGAIN))
                        .doOnNext(log::publish)
                        .thenReturn(size));
    }

    @Override
    public void close() {
        sealer.stop();
        log.stop();
    }

    private static String secret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }
}
