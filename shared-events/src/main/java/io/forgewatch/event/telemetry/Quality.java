package io.forgewatch.event.telemetry;

/**
 * Quality codes of readings (dossier §8), as the quality byte of a {@link Frame} has them. A reading has one, the first that fits
 * in the order 8, 1, 6, 2, 5, 7, 4, 3. None but 8 and 1 says that there is no value: a value beyond a limit drives it whatever
 * its code.
 *
 * <p>The door gives 8, 2, 5 and 7, which show without other readings; 6, 4 and 3 are found by detection.
 */
public final class Quality {

    public static final byte GOOD = 0;
    public static final byte MISSING = 1;
    /**
     * What cannot be: outside the transmitter's range by more than 2.5 % of it below or 5 % above; without a range, below 0 by
     * more than 5 % of the span where the catalogue's floor is 0; a state that is not among the indicator's.
     */
    public static final byte OUT_OF_RANGE = 2;
    /** An analogue value that has not changed for too long. */
    public static final byte FROZEN = 3;
    /** More than 20 % of the span away from the sample before, and not confirmed by three samples. */
    public static final byte JUMP = 4;
    /** Measured more than 30 s ahead of its arrival, or the clock of the gateway is more than 30 s off. */
    public static final byte CLOCK_SKEW = 5;

    public static final byte DUPLICATE = 6;
    /** Came in more than 60 s after it was measured, by a right clock. */
    public static final byte LATE = 7;
    /** The value is a code: the channel is spare, or the sensor has a fault. */
    public static final byte SENSOR_FAULT = 8;

    private Quality() {}
}
