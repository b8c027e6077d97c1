package io.forgewatch.event.equipment;

/**
 * A class of the catalogue 设备类型.
 *
 * @param code two digits, 01 to 17 and 21
 */
public record EquipmentClass(String code, String zh, String en) {}
