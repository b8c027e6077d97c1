package io.forgewatch.event;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it stands in the store, and as the relay sends it on.
 *
 * @param position place in the one gap-free order of all events, from 1
 * @param id unique to the event
 * @param at when it was appended
 * @param actor who caused it
 */
public record RecordedEvent(long position, UUID id, Instant at, Actor actor, DomainEvent event) {}
