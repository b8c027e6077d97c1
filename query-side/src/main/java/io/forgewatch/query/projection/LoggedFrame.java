package io.forgewatch.query.projection;

/**
 * A record of the telemetry topic: what one gateway sent at once.
 *
 * @param value the bytes that {@code io.forgewatch.event.telemetry.Frame} reads
 */
public record LoggedFrame(int partition, long offset, byte[] value) {}
