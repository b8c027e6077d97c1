package io.forgewatch.query.projection;

import java.util.List;
import java.util.stream.Stream;

/**
 * 历史: how often what a view was made from was replaced by another history, and up to where each told the same as the one before
 * it.
 *
 * @param common for each history but the first the last position of the one before up to which both told people the same; from 0
 */
public record Histories(List<Long> common) {

    /** Nothing was ever lost. */
    public static final Histories ONE = new Histories(List.of());

    public Histories {
        common = List.copyOf(common);
    }

    /** Of now, from 1. */
    public int now() {
        return common.size() + 1;
    }

    public Place at(long position) {
        return new Place(now(), position);
    }

    /** With a further one that tells the same as the one before up to there. */
    Histories forked(long upTo) {
        return new Histories(Stream.concat(common.stream(), Stream.of(upTo)).toList());
    }

    /**
     * Where in the history of now one goes on who has heard all up to a place: never beyond what his and all later ones have in
     * common.
     */
    public Place goingOn(Place heard) {
        return heard.history() >= now()
                ? heard
                : at(common.stream().skip(heard.history() - 1L).reduce(heard.position(), Math::min));
    }
}
