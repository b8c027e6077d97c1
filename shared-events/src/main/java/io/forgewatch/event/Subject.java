package io.forgewatch.event;

/** One thing that events happen to: a warning, a device, an enterprise. */
public record Subject(SubjectType type, String id) {

    public Tag tag() {
        return new Tag(type.wire(), id);
    }
}
