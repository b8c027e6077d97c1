package io.forgewatch.query.projection;

import java.util.List;

/** A view of which the test says how far it is. */
public final class ServingView {

    private final Progress progress = new Progress();
    private final Generation generation;

    public ServingView(ViewName view) {
        generation = Generation.first(view);
        progress.serve(Served.first(generation));
    }

    /** Another generation serves. */
    public void takenOver(Generation by, Histories histories, long position) {
        progress.advance(by, position);
        progress.serve(new Served(by, histories, List.of()));
    }

    /** Another generation serves, which takes in one whom that before had parked from a position on. */
    public void takenOver(Generation by, Histories histories, long position, String parked, long from) {
        progress.advance(by, position);
        progress.serve(new Served(by, histories, List.of(new Parked(parked, from, "poison"))));
    }

    /** Of what serves and of the topic it was looked again: that ends there, as an offset. */
    public void looked(long end) {
        progress.serve(progress.served(generation.view()).orElseThrow());
        progress.topicEnds(end);
    }

    /** Another one, which stays where it is. */
    public void and(ViewName view, long position) {
        progress.serve(Served.first(Generation.first(view)));
        progress.advance(Generation.first(view), position);
    }

    /** It stopped, and what it shows may be lost. */
    public void lost(long position) {
        progress.lost(generation, position, "of a history that the store has lost");
    }

    public Progress progress() {
        return progress;
    }

    /** All up to there is written. */
    public void reached(long position) {
        progress.advance(generation, position);
    }
}
