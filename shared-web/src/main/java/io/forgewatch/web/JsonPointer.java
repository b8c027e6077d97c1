package io.forgewatch.web;

import java.util.List;
import tools.jackson.core.JacksonException.Reference;

/** Where in a request's JSON something is, as a JSON pointer in a URI fragment (RFC 6901 §6): {@code #/readings/3/value}. */
final class JsonPointer {

    private static final int LONGEST_NAME = 64;
    private static final int DEEPEST = 32;

    private JsonPointer() {}

    static String of(List<Reference> path) {
        StringBuilder pointer = new StringBuilder("#");
        path.stream().limit(DEEPEST).forEach(reference -> pointer.append('/').append(token(reference)));
        return pointer.toString();
    }

    private static String token(Reference reference) {
        String name = reference.getPropertyName();
        if (name == null) {
            return Integer.toString(reference.getIndex());
        }
        return Quoted.of(name, LONGEST_NAME).replace("~", "~0").replace("/", "~1");
    }
}
