package io.forgewatch.event.equipment;

/**
 * How fast a value may move away from where it should be 突变速率 (dossier §2, [S13]).
 *
 * @param perSecond the fastest movement that is none, a second: in the point's unit, or a share where {@code share}
 * @param share of the set value, else of the span (0.2 is 20 %)
 */
public record Rate(double perSecond, boolean share) {}
