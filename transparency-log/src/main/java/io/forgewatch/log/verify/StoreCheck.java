package io.forgewatch.log.verify;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Hash;
import io.forgewatch.log.Note;
import io.forgewatch.log.RightEdge;
import io.forgewatch.log.TileSource;
import io.forgewatch.log.VerifierKey;
import io.forgewatch.log.verify.Finding.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a whole store against a checkpoint: every row must agree with its entry and leaf, positions must have no gap, and the
 * leaves must make the checkpoint's root; and what events are found by must be what they say. Where shipped tiles are there, each leaf is also held against them, since a root alone
 * does not say which entry is another.
 */
public final class StoreCheck {

    private final StoreRows rows;
    private final Note note;
    private final Checkpoint checkpoint;
    private final List<VerifierKey> trusted;
    private final ShippedLeaves shipped;
    private final Progress progress;

    private final RightEdge edge = new RightEdge();
    /** A difference from a shipped tile that is not proven: it counts unless the root turns out right. */
    private @Nullable Finding suspicion;

    private @Nullable Finding finding;
    private long expected = 1;
    private long head;

    /**
     * @param note with the checkpoint
     * @param tiles shipped with it; one that has none is enough for everything but naming an event that agrees with itself
     */
    public StoreCheck(StoreRows rows, Note note, List<VerifierKey> trusted, TileSource tiles, Progress progress) {
        this.rows = rows;
        this.note = note;
        this.checkpoint = Checkpoint.of(note);
        this.trusted = List.copyOf(trusted);
        this.shipped = new ShippedLeaves(checkpoint, tiles);
        this.progress = progress;
    }

    /** Reads the whole store once. Call it once. */
    public Outcome run() {
        Note.Check signatures = Checkpoint.check(note, trusted);
        if (!(signatures instanceof Note.Check.Signed signed)) {
            return new Outcome.DoesNotHold(Signatures.finding(note, signatures).orElseThrow(), List.of());
        }
        head = rows.head();
        if (checkpoint.size() == 0) {
            compareRoot();
        }
        if (finding == null) {
            rows.forEach(this::visit);
        }
        if (finding == null && expected <= checkpoint.size()) {
            finding = shorter();
        }
        if (finding == null) {
            progress.next(Told.of("Comparing what events are found by", "正在核对用于查找事件的索引"));
            finding = rows.strayCopy().map(StoreCheck::stray).orElse(null);
        }
        if (finding == null) {
            return new Outcome.Holds(checkpoint, signed.by(), expected - 1, shipped.warnings());
        }
        return new Outcome.DoesNotHold(suspicion == null ? finding : suspicion, shipped.warnings());
    }

    private boolean visit(StoreRow row) {
        long position = row.position();
        finding = gap(row).or(() -> RowCheck.check(row)).orElse(null);
        if (finding == null && position <= checkpoint.size()) {
            append(row);
        }
        if (finding == null) {
            expected = position + 1;
            progress.at(position, head);
        }
        return finding == null;
    }

    private Optional<Finding> gap(StoreRow row) {
        if (row.position() == expected) {
            return Optional.empty();
        }
        if (row.position() < expected) {
            return Optional.of(new Finding(
                    row.position(),
                    Kind.INSERTED,
                    Told.of("positions are counted from 1, and this one is not", "位置从 1 开始计数，而此条不是")));
        }
        return Optional.of(missing(expected, row.position() - 1));
    }

    private void append(StoreRow row) {
        Hash leaf = row.recomputedLeaf();
        Optional<Hash> logged = shipped.leaf(row.position());
        if (suspicion == null && logged.isPresent() && !logged.get().equals(leaf)) {
            Finding difference = new Difference(rows, checkpoint.size(), shipped).at(row, leaf, logged.get());
            if (shipped.isProven(row.position())) {
                finding = difference;
                return;
            }
            suspicion = difference;
        }
        edge.append(leaf);
        if (edge.size() == checkpoint.size()) {
            compareRoot();
        }
    }

    private void compareRoot() {
        if (edge.root().equals(checkpoint.root())) {
            suspicion = null;
            return;
        }
        finding = new Finding(
                0,
                Kind.ROOT_DIFFERS,
                Told.of(
                        "every event agrees with its own entry, yet together the first %1$d do not make the checkpoint's root;"
                                + " with the shipped tiles the first that differs could be named",
                        "每条事件都与自身的条目相符，但前 %1$d 条合起来与检查点的根不符；有传送出的哈希块才能指出首条不符者", checkpoint.size()));
    }

    private Finding shorter() {
        long first = expected;
        if (rows.furthestTrace() >= first) {
            return new Finding(
                    first,
                    Kind.TAIL_CUT,
                    Told.of(
                            "the store ends before it, the checkpoint covers %1$d, and the store still speaks of later events:"
                                    + " its tail was cut",
                            "存储在此之前结束，检查点包含 %1$d 条，而存储中仍有后续事件的痕迹：尾部被截去", checkpoint.size()));
        }
        return new Finding(
                first,
                Kind.OLDER_THAN_CHECKPOINT,
                Told.of(
                        "the store ends before it, and the checkpoint covers %1$d: an older backup was restored, or the tail was"
                                + " cut without a trace",
                        "存储在此之前结束，而检查点包含 %1$d 条：恢复了较旧的备份，或尾部被不留痕迹地截去", checkpoint.size()));
    }

    private static Finding stray(StoreRows.StrayCopy copy) {
        return new Finding(
                copy.position(),
                Kind.INDEX_CHANGED,
                Told.of("what it is found by is not what it says: %1$s", "用于查找它的索引与其内容不符：%1$s", copy.what()));
    }

    static Finding missing(long first, long last) {
        return new Finding(
                first,
                Kind.MISSING,
                first == last
                        ? Told.of("it is missing", "缺失")
                        : Told.of("it is missing, and so are those up to %1$d", "缺失，直至第 %1$d 条", last));
    }
}
