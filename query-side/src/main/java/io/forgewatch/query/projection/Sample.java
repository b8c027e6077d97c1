package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** One document as it was found, to be compared with what its events up to then make of it. */
final class Sample {

    private final Generation generation;
    private final String kind;
    private final String id;
    private final @Nullable Document stored;
    private final long until;
    private final Recount recount;
    private @Nullable String unreadable;

    /** @param until the last position that a document of then can show: its own, or how far the view was when there was none */
    Sample(Generation generation, String kind, String id, @Nullable Document stored, long until, Recount recount) {
        this.generation = generation;
        this.kind = kind;
        this.id = id;
        this.stored = stored;
        this.until = until;
        this.recount = recount;
    }

    Generation generation() {
        return generation;
    }

    String kind() {
        return kind;
    }

    String id() {
        return id;
    }

    long until() {
        return until;
    }

    /** @param key of the record, null for one of foreign make */
    boolean wants(long position, @Nullable String key) {
        return position <= until && unreadable == null && key != null && recount.mayConcern(key);
    }

    /** @param key an enterprise, or a subject that has none */
    boolean mayConcern(String key) {
        return recount.mayConcern(key);
    }

    /** What cannot be folded here either is a matter of parking, not of drift. */
    void take(RecordedEvent event) {
        try {
            recount.take(event);
        } catch (RuntimeException | StackOverflowError cause) {
            unreadable = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        }
    }

    /** The fields that differ; empty when none does or it cannot be said. */
    List<String> difference() {
        if (unreadable != null) {
            return List.of();
        }
        try {
            return Difference.of(recount.expected(), stored);
        } catch (RuntimeException | StackOverflowError cannot) {
            return List.of(); // what cannot be written down is parked likewise
        }
    }
}
