package io.forgewatch.query.outlet;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which entries there are, without what they say. */
record Traces(List<Trace> newestFirst) {

    /**
     * What an entry is known by.
     *
     * @param event null in what code of before stored: then its place and whose it is must do
     */
    record Trace(long position, @Nullable UUID event, String enterpriseId) {

        static Trace of(Entry<?> entry) {
            return new Trace(entry.position(), entry.event(), entry.enterpriseId());
        }

        boolean isOf(Trace other) {
            return position == other.position
                    && (event == null || other.event == null
                            ? enterpriseId.equals(other.enterpriseId)
                            : event.equals(other.event));
        }
    }

    static Traces of(List<? extends Entry<?>> entries) {
        return new Traces(entries.stream().map(Trace::of).toList());
    }

    Traces {
        newestFirst = List.copyOf(newestFirst);
    }

    boolean isEmpty() {
        return newestFirst.isEmpty();
    }

    boolean has(Trace one) {
        return newestFirst.stream().anyMatch(one::isOf);
    }

    boolean hasAll(Traces others) {
        return others.newestFirst.stream().allMatch(this::has);
    }

    List<Long> positions() {
        return newestFirst.stream().map(Trace::position).toList();
    }
}
