package io.forgewatch.event.telemetry;

/** Quality codes of readings (dossier §8), as the quality byte of a {@link Frame} has them. */
public final class Quality {

    public static final byte GOOD = 0;
    public static final byte MISSING = 1;
    /** More than 5 % of the span outside of it. */
    public static final byte OUT_OF_RANGE = 2;
    /** An analogue value that has not changed for too long. */
    public static final byte FROZEN = 3;
    /** More than 20 % of the span away from the sample before, and not confirmed by three samples. */
    public static final byte JUMP = 4;
    /** The clock of the device or of the gateway is more than 30 s off. */
    public static final byte CLOCK_SKEW = 5;

    public static final byte DUPLICATE = 6;
    /** Sent later than it was measured; for history, never for a live alarm. */
    public static final byte LATE = 7;
    /** The value is a code: the channel is spare, or the sensor has a fault. */
    public static final byte SENSOR_FAULT = 8;

    private Quality() {}
}
