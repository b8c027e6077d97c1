package io.forgewatch.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * A record of the telemetry topic: what one gateway sent at once.
 *
 * @param value the bytes that {@code io.forgewatch.event.telemetry.Frame} reads; null in a record of foreign make
 */
public record LoggedFrame(int partition, long offset, byte @Nullable [] value) {}
