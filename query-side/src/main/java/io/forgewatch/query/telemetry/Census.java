package io.forgewatch.query.telemetry;

/** How many are online or connected now. */
public record Census(int enterprises, int devices, int points) {

    static final Census NONE = new Census(0, 0, 0);

    Census plus(Census other) {
        return new Census(enterprises + other.enterprises, devices + other.devices, points + other.points);
    }
}
