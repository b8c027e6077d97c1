package io.forgewatch.command.detection;

/** What is remembered of a device beside the states of its points, for moments only: a restart may forget it. */
final class DeviceMemory {

    /** How long a rise of the cast length says that metal is being cast. */
    private static final long MOVING_MILLIS = 5_000;

    private Sample past = Sample.NONE;
    private int rises;
    private long roseAt;

    /** A reading of a gate that is history: what else is history then goes by it. */
    void past(Sample gate) {
        past = gate;
    }

    /** The last reading of a gate that was history, or {@link Sample#NONE}. */
    Sample past() {
        return past;
    }

    /** One more good reading of the cast length. */
    void length(boolean rose, long arrival) {
        rises = rose ? rises + 1 : 0;
        if (rises >= Side.ENOUGH) {
            roseAt = arrival;
        }
    }

    boolean isLengthRising(long now) {
        return roseAt != 0 && now - roseAt <= MOVING_MILLIS;
    }
}
