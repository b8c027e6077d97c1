package io.forgewatch.log.verify;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rows of a store some of whose payloads were erased, as whoever checks it knows and says: those are empty now, and count as
 * what their entries recorded. A payload that is there is held against its entry, said to be erased or not.
 */
final class ErasedPayloads implements StoreRows {

    private final StoreRows rows;
    private final Set<Long> positions;
    private final Set<Long> met = new TreeSet<>();

    /** @param positions of the events */
    ErasedPayloads(StoreRows rows, Set<Long> positions) {
        this.rows = rows;
        this.positions = Set.copyOf(positions);
    }

    /** Which of them were found erased; empty when there was none. */
    Optional<Told> told() {
        return met.isEmpty()
                ? Optional.empty()
                : Optional.of(Told.of(
                        "the payloads of these events are gone, as was said, and only their hashes are known: %1$s",
                        "下列事件的内容如所指明已被清除，仅知其哈希：%1$s",
                        met.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }

    @Override
    public long head() {
        return rows.head();
    }

    @Override
    public long furthestTrace() {
        return rows.furthestTrace();
    }

    @Override
    public void forEach(Predicate<StoreRow> visitor) {
        rows.forEach(row -> visitor.test(known(row)));
    }

    @Override
    public Optional<StoreRow> at(long position) {
        return rows.at(position).map(this::known);
    }

    @Override
    public Optional<StrayCopy> strayCopy() {
        return rows.strayCopy();
    }

    private StoreRow known(StoreRow row) {
        byte[] payload = row.payload();
        if (payload == null || payload.length > 0 || !positions.contains(row.position())) {
            return row;
        }
        met.add(row.position());
        return row.erased();
    }
}
