package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.LogCheckpoints;
import io.forgewatch.command.eventstore.LogLeaves;
import io.forgewatch.command.eventstore.MissingLeavesException;
import io.forgewatch.command.transparency.LogState.Departing;
import io.forgewatch.command.transparency.LogState.Extending;
import io.forgewatch.event.transparency.TransparencyEvent.LogEpochOpened;
import io.forgewatch.log.Tile;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Looks whether the store extends the last checkpoint that was shipped and the last that was stored: the root of as many leaves
 * as the checkpoint counts must be its root. The tree is taken from its tiles; that the newest of these still say what the
 * events say is looked at too, the older ones are left to the offline verification.
 */
final class ExtensionCheck {

    /** So many of the newest full tiles are compared with the events. */
    private static final int COMPARED = 16;

    private final @Nullable ShippedFolder folder;
    private final LogCheckpoints checkpoints;
    private final LogLeaves leaves;
    private final TileShelf shelf;
    private final LogKeys keys;

    ExtensionCheck(
            @Nullable ShippedFolder folder,
            LogCheckpoints checkpoints,
            LogLeaves leaves,
            TileShelf shelf,
            LogKeys keys) {
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.leaves = leaves;
        this.shelf = shelf;
        this.keys = keys;
    }

    /** @param epochs as the store's events open them, oldest first */
    Mono<LogState> look(List<LogEpochOpened> epochs) {
        int epoch = epochs.isEmpty() ? LogEpochs.FIRST : epochs.getLast().epoch();
        Mono<Claim> shipped = folder == null ? Mono.empty() : folder.newest();
        // Verifying reads randomness the first time.
        Mono<Claim> stored = checkpoints
                .latest()
                .publishOn(Schedulers.boundedElastic())
                .map(each -> keys.claim(each.epoch(), each.note()));
        return Flux.concat(shipped, stored)
                .concatMap(claim -> departure(claim, epoch, epochs))
                .next()
                .cast(LogState.class)
                .defaultIfEmpty(new Extending(epoch));
    }

    /** Empty when the store extends what is claimed. */
    private Mono<Departing> departure(Claim claim, int epoch, List<LogEpochOpened> epochs) {
        if (claim.epoch() < epoch
                && epochs.stream().anyMatch(opened -> opened.departed().equals(claim.departed()))) {
            return Mono.empty();
        }
        int next = Math.max(epoch, claim.epoch()) + 1;
        if (!claim.ours()) {
            return Mono.just(
                    new Departing(
                            epoch,
                            next,
                            claim,
                            "The last checkpoint is not signed with this log's keys, or cannot be read. 最后的检查点不是用本日志的密钥签名的，或无法读取。"));
        }
        if (claim.epoch() > epoch) {
            return Mono.just(new Departing(
                    epoch, next, claim, "A later epoch was published than the store knows. 已发布的纪元晚于存储中的纪元。"));
        }
        return leaves.size()
                .filter(size -> claim.size() > 0)
                .flatMap(size -> size < claim.size()
                        ? Mono.just("The store has " + size + " events only. 存储中仅有 " + size + " 个事件。")
                        : difference(claim))
                .onErrorResume(MissingLeavesException.class, missing -> Mono.just(missing.getMessage() + ". 有事件缺失。"))
                .map(why -> new Departing(epoch, next, claim, why));
    }

    private Mono<String> difference(Claim claim) {
        return new SealedTree(claim.epoch(), claim.size(), shelf)
                .root()
                .flatMap(root -> root.base64().equals(claim.root())
                        ? altered(claim)
                        : Mono.just("The events hash to another root. 事件的哈希根与检查点不同。"));
    }

    private Mono<String> altered(Claim claim) {
        int full = (int) Math.min(COMPARED, claim.size() / Tile.FULL);
        long first = claim.size() / Tile.FULL - full;
        return Flux.range(0, full)
                .concatMap(n -> Mono.zip(
                        shelf.tile(claim.epoch(), Tile.full(0, first + n)),
                        leaves.hashes((first + n) * Tile.FULL, Tile.FULL)))
                .filter(both -> !Arrays.equals(both.getT1().bytes(), both.getT2()))
                .next()
                .map(other -> "Events were altered since they were sealed. 事件在封存后被更改。");
    }
}
