package io.forgewatch.event.equipment;

/**
 * What an indicator's alarms follow while its device or works is shut down 停工、停用 (dossier §8, column {@code topic} of the
 * catalogue's source): when a shutdown may suppress them. A protection point bears that of what it protects.
 */
public enum Suppression {
    /** 一氧化碳: never suppressed. */
    CO,
    /** 煤气: until the isolation 盲板 of the device was approved. */
    GAS,
    /** 水: until {@code metalFree} 无熔融金属且已冷却 was approved for the device. */
    WATER,
    /** 熔融金属: likewise, since metal does not know that the works is shut. */
    METAL,
    /** 吊运: until the crane's stop was approved. */
    LIFTING,
    /** 其他: by the shutdown itself. */
    OTHER
}
