package io.forgewatch.event;

/** A stored name and version, and the record that today's code reads it into. */
public record EventType(String name, int version, Class<? extends DomainEvent> payload) {}
