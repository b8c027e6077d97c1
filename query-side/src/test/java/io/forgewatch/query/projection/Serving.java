package io.forgewatch.query.projection;

/** Lets tests say what a view is read from. */
public final class Serving {

    private Serving() {}

    /** A view is read from the first generation of that version. */
    public static Progress version(String view, int version) {
        Progress progress = new Progress();
        progress.serve(Served.first(Generation.first(new ViewName(view, version))));
        return progress;
    }
}
