package io.forgewatch.query.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * The latest reading of a point.
 *
 * @param at when it was measured, epoch milliseconds
 * @param quality code of dossier §8
 * @param live whether it is connected; null when that is not known yet
 */
public record LivePoint(
        String indicator,
        double value,
        int quality,
        long at,
        @Nullable Boolean live) {}
