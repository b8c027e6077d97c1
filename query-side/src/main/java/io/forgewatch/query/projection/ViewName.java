package io.forgewatch.query.projection;

/**
 * A view, and the version of the code that builds it. A new version is built beside the old one from the first event on, takes
 * over when it has caught up, and the old one is deleted later.
 *
 * @param name what it holds, in the plural
 * @param version from 1; raised when the documents' shape or meaning changes
 */
public record ViewName(String name, int version) {

    @Override
    public String toString() {
        return name + " version " + version;
    }
}
