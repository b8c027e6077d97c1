package io.forgewatch.query.projection;

/** A view of which the test says how far it is. */
public final class ServingView {

    private final Progress progress = new Progress();
    private final Generation generation;

    public ServingView(ViewName view) {
        generation = Generation.first(view);
        progress.serve(generation);
    }

    /** Another generation serves. */
    public void takenOver(Generation by, long position) {
        progress.advance(by, position);
        progress.serve(by);
    }

    /** Another one, which stays where it is. */
    public void and(ViewName view, long position) {
        progress.serve(Generation.first(view));
        progress.advance(Generation.first(view), position);
    }

    public Progress progress() {
        return progress;
    }

    /** All up to there is written. */
    public void reached(long position) {
        progress.advance(generation, position);
    }
}
