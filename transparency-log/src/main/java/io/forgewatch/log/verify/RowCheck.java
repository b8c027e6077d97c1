package io.forgewatch.log.verify;

import io.forgewatch.log.Hash;
import io.forgewatch.log.LogEntry;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a row, the entry stored with it and the stored leaf hash agree. */
final class RowCheck {

    private static final Told PAYLOAD = new Told("payload", "内容");

    private RowCheck() {}

    static Optional<Finding> check(StoreRow row) {
        byte[] stored = row.entry();
        if (stored == null) {
            return found(row, Kind.ENTRY_CHANGED, Told.of("it has no log entry", "没有日志条目"));
        }
        if (row.leaf() == null) {
            return found(row, Kind.LEAF_CHANGED, Told.of("it has no leaf hash", "没有叶哈希"));
        }
        boolean leafFits = Hash.leaf(stored).matches(row.leaf());
        byte[] recomputed = recomputed(row);
        if (Arrays.equals(recomputed, stored)) {
            return leafFits
                    ? Optional.empty()
                    : found(
                            row,
                            Kind.LEAF_CHANGED,
                            Told.of("its stored leaf hash is not that of its entry", "存储的叶哈希与其日志条目不符"));
        }
        if (!leafFits && Hash.leaf(recomputed).matches(row.leaf())) {
            return found(
                    row,
                    Kind.ENTRY_CHANGED,
                    Told.of(
                            "its stored log entry was changed; the event itself still makes the stored leaf hash",
                            "存储的日志条目被改动；事件本身仍与存储的叶哈希相符"));
        }
        return difference(row, stored);
    }

    private static Optional<Finding> difference(StoreRow row, byte[] stored) {
        LogEntry recorded;
        try {
            recorded = LogEntry.parse(stored);
        } catch (LogFormatException e) {
            return found(row, Kind.ENTRY_CHANGED, Told.of("its stored log entry cannot be read", "存储的日志条目无法读取"));
        }
        List<Told> differing = differing(row, recorded);
        if (differing.equals(List.of(PAYLOAD)) && isEmpty(row)) {
            return found(
                    row,
                    Kind.PAYLOAD_MISSING,
                    Told.of(
                            "its payload is gone, and its hash is still in the log; if it was erased for a reason that you know,"
                                    + " name it by --erased %1$d",
                            "其内容已不存在，而内容的哈希仍在日志中；若因已知的原因被清除，请以 --erased %1$d 指明", row.position()));
        }
        return found(
                row,
                Kind.CONTENT_CHANGED,
                Told.of(
                        "what was recorded of it is no longer so: %1$s",
                        "与记录不符：%2$s",
                        String.join(", ", differing.stream().map(Told::en).toList()),
                        String.join("、", differing.stream().map(Told::zh).toList())));
    }

    private static List<Told> differing(StoreRow row, LogEntry recorded) {
        List<Told> differing = new ArrayList<>();
        differs(differing, PAYLOAD, row.payloadHash().equals(recorded.payload()));
        differs(differing, "metadata", "元数据", row.metadataHash().equals(recorded.metadata()));
        differs(differing, "id", "编号", row.id().equals(recorded.id()));
        differs(differing, "name", "名称", row.name().equals(recorded.name()));
        differs(differing, "version", "版本", row.version().equals(recorded.version()));
        differs(differing, "time", "时间", row.atMicros() == recorded.atMicros());
        differs(differing, "tags", "标签", Set.copyOf(row.tags()).equals(Set.copyOf(recorded.tags())));
        return differing;
    }

    private static boolean isEmpty(StoreRow row) {
        byte[] payload = row.payload();
        return payload != null && payload.length == 0;
    }

    private static void differs(List<Told> differing, String en, String zh, boolean same) {
        differs(differing, new Told(en, zh), same);
    }

    private static void differs(List<Told> differing, Told what, boolean same) {
        if (!same) {
            differing.add(what);
        }
    }

    private static byte[] recomputed(StoreRow row) {
        try {
            return row.recomputed().bytes();
        } catch (LogFormatException e) {
            // A row that makes no entry differs from every stored one.
            return new byte[0];
        }
    }

    private static Optional<Finding> found(StoreRow row, Kind kind, Told why) {
        return Optional.of(new Finding(row.position(), kind, why));
    }
}
