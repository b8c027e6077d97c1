package io.forgewatch.event;

/**
 * A mark by which the event store finds an event.
 *
 * @param key the kind of mark: a {@link SubjectType} in lower case, {@code within} for the enterprise, {@code point}
 * @param value the identifier
 */
public record Tag(String key, String value) {

    /** Marks everything that belongs to an enterprise. */
    public static Tag within(String enterpriseId) {
        return new Tag("within", enterpriseId);
    }
}
