package io.forgewatch.event.alarm;

/** Which way a point left its limits. */
public enum Direction {
    LOW,
    HIGH,
    STATE
}
