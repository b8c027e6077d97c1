package io.forgewatch.event.equipment;

/**
 * The range of a point's transmitter 变送器量程, in the point's unit.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Range(double low, double high) {

    /** Whether its ends are numbers and in order; what is stored always is. */
    boolean isOne() {
        return Double.isFinite(low) && Double.isFinite(high) && low < high && Double.isFinite(high - low);
    }

    public double width() {
        return high - low;
    }

    /** Whether it holds all of another; it does of itself. */
    public boolean covers(Range other) {
        return low <= other.low && high >= other.high;
    }
}
