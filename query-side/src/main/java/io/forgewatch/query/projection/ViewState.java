package io.forgewatch.query.projection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which generations a view has, as all instances agree on it.
 *
 * @param revision counts the changes of this, so that of two at once one wins
 * @param builds the highest number that a generation was given
 * @param serving what reads are answered from, once it is open
 * @param open whether what serves was once at the end of the events: a first generation is only built until then
 * @param building what will take over
 * @param retired what is no longer read, until it is deleted
 * @param givenUp why the last building did not take over; null when it did or there was none
 * @param histories of which what serves shows the last
 * @param passedOver whom the generation had parked that served before, and what serves has not
 */
record ViewState(
        String name,
        long revision,
        int builds,
        Generation serving,
        boolean open,
        @Nullable Building building,
        List<Retired> retired,
        @Nullable String givenUp,
        Histories histories,
        List<Parked> passedOver) {

    ViewState {
        retired = List.copyOf(retired);
        passedOver = List.copyOf(passedOver);
    }

    record Building(Generation generation, Instant since) {}

    record Retired(Generation generation, Instant at) {}

    static ViewState first(ViewName view) {
        return new ViewState(
                view.name(), 0, 0, Generation.first(view), false, null, List.of(), null, Histories.ONE, List.of());
    }

    Served served() {
        return new Served(serving, histories, passedOver);
    }

    Optional<Generation> underConstruction() {
        return Optional.ofNullable(building).map(Building::generation);
    }

    /** Whether there is nothing yet but a first generation, which is not at the end of the events yet. */
    boolean isFirstBuilt() {
        return !open && building == null;
    }

    /** The first generation came to the end of the events. */
    ViewState opened() {
        return next(builds, serving, true, building, retired, givenUp);
    }

    ViewState begun(ViewName view, Instant now) {
        Building next = new Building(new Generation(view, builds + 1), now);
        return next(builds + 1, serving, open, next, retired(now), null);
    }

    /**
     * @param after the histories, as the new one shows the last of them
     * @param takenIn whom the one before had parked, and the new one has not
     */
    ViewState takenOver(Generation built, Histories after, List<Parked> takenIn, Instant now) {
        return new ViewState(name, revision + 1, builds, built, true, null, with(serving, now), null, after, takenIn);
    }

    ViewState gaveUp(Generation built, String why, Instant now) {
        return next(builds, serving, open, null, with(built, now), why);
    }

    ViewState deleted(List<Retired> gone) {
        List<Retired> left = retired.stream().filter(one -> !gone.contains(one)).toList();
        return next(builds, serving, open, building, left, givenUp);
    }

    private ViewState next(
            int built,
            Generation served,
            boolean isOpen,
            @Nullable Building under,
            List<Retired> gone,
            @Nullable String why) {
        return new ViewState(name, revision + 1, built, served, isOpen, under, gone, why, histories, passedOver);
    }

    /** An unfinished one of another version, or one that has stopped, is of no use any more. */
    private List<Retired> retired(Instant now) {
        return building == null ? retired : with(building.generation(), now);
    }

    private List<Retired> with(Generation one, Instant now) {
        return Stream.concat(retired.stream(), Stream.of(new Retired(one, now))).toList();
    }
}
