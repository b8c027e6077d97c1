package io.forgewatch.event.equipment;

/** What an indicator is about, as the advice "what to do first" is given by. */
public enum Topic {
    COOLING_WATER,
    EMERGENCY_WATER,
    WATER_NEAR_METAL,
    CARBON_MONOXIDE,
    GAS,
    PROTECTION,
    LIFTING,
    MOLTEN_METAL,
    EQUIPMENT
}
