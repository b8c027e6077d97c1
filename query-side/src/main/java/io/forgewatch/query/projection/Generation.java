package io.forgewatch.query.projection;

/**
 * A view as it was built once, from the first event on, in collections of its own. A view is served from one generation, and
 * another one may be under construction beside it.
 *
 * @param view its name, and the version of the code that builds it
 * @param build counts the generations of a view, whatever their version; 0 is the first
 */
public record Generation(ViewName view, int build) {

    public static Generation first(ViewName view) {
        return new Generation(view, 0);
    }

    /** Where the view's documents are. */
    public String collection() {
        return collection(view.name());
    }

    /** Where one kind of the view's documents are, for a view that has several. */
    public String collection(String kind) {
        String versioned = kind + "_v" + view.version();
        return build == 0 ? versioned : versioned + "_b" + build;
    }

    @Override
    public String toString() {
        return collection();
    }
}
