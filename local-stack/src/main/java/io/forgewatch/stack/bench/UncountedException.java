package io.forgewatch.stack.bench;

import java.util.List;

/** What was measured says nothing: the machine was busy with something else. Its figures are shown, and not kept. */
final class UncountedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Figure> figures;

    UncountedException(String why, List<Figure> figures) {
        super(why);
        this.figures = List.copyOf(figures);
    }

    List<Figure> figures() {
        return figures;
    }
}
