package io.forgewatch.log.verify;

import io.forgewatch.log.Hash;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.verify.Finding.Kind;
import java.util.Optional;
import java.util.OptionalLong;

/** What happened where an event that agrees with itself is not the one that was logged at its position. */
final class Difference {

    private final StoreRows rows;
    private final long size;
    private final ShippedLeaves shipped;

    Difference(StoreRows rows, long size, ShippedLeaves shipped) {
        this.rows = rows;
        this.size = size;
        this.shipped = shipped;
    }

    /**
     * @param row the first that differs
     * @param leaf what it makes
     * @param logged what was logged there
     */
    Finding at(StoreRow row, Hash leaf, Hash logged) {
        long position = row.position();
        OptionalLong home = shipped.find(leaf, position);
        if (home.isPresent()) {
            long from = home.getAsLong();
            return leafOf(from).filter(logged::equals).isPresent()
                    ? found(
                            position,
                            Kind.SWAPPED,
                            "it and event %1$d stand in each other's place",
                            "与第 %1$d 条互换了位置",
                            from)
                    : missingAndMovedUp(position, from);
        }
        if (leafOf(position + 1).filter(logged::equals).isPresent()) {
            return found(
                    position,
                    Kind.INSERTED,
                    "it was put in: the one logged here stands behind it",
                    "此条是后来插入的：原先记录的在其后");
        }
        if (leafOf(size).equals(shipped.leaf(size))) {
            return found(position, Kind.REPLACED, "another event was logged here", "此处原先记录的是另一条事件");
        }
        return found(
                position,
                Kind.OTHER_HISTORY,
                "from here on the store has another history than the one that was logged: an older backup was restored and written"
                        + " on, or events were rewritten",
                "从此条起，存储的历史与记录的不同：恢复了较旧的备份后又继续写入，或事件被改写");
    }

    private Finding missingAndMovedUp(long position, long from) {
        Finding missing = StoreCheck.missing(position, from - 1);
        return new Finding(
                position,
                Kind.MISSING,
                Told.of(
                        "%1$s; those behind were moved up in its place",
                        "%2$s，其后的事件被前移补位", missing.told().en(), missing.told().zh()));
    }

    private Optional<Hash> leafOf(long position) {
        try {
            return rows.at(position).map(StoreRow::recomputedLeaf);
        } catch (LogFormatException e) {
            return Optional.empty();
        }
    }

    private static Finding found(long position, Kind kind, String en, String zh, Object... arguments) {
        return new Finding(position, kind, Told.of(en, zh, arguments));
    }
}
