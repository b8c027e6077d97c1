package io.forgewatch.query.projection;

/**
 * Names a view's collection. A new version is built beside the old one from the first event on, and the old one dropped later.
 *
 * @param name what it holds, in the plural
 * @param version from 1; raised when the documents' shape or meaning changes
 */
public record ViewName(String name, int version) {

    public String collection() {
        return name + "_v" + version;
    }

    @Override
    public String toString() {
        return collection();
    }
}
