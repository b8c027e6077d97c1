package io.forgewatch.event.equipment;

/**
 * A unit 单位 of the catalogue as people read it in each language.
 *
 * @param code as indicators, points and events bear it
 */
public record Unit(String code, String zh, String en) {}
