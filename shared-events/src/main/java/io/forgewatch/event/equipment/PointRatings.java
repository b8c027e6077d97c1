package io.forgewatch.event.equipment;

import org.jspecify.annotations.Nullable;

/**
 * What a device's own papers say about one of its points; the catalogue resolves its limits with them.
 *
 * @param indicator code of the catalogue, such as BF_CW_F
 * @param rated 额定 in the point's unit, or null
 * @param set 设定 in the point's unit, or null
 * @param design 设计 in the point's unit, or null
 * @param limit 限值 in the point's unit, or null
 * @param variant which kind it is where the limits differ by kind, such as POC or WIGGINS for GH_SPEED, or null
 * @param range of its transmitter in the point's unit, or null where it is not known
 * @param manual whether people read it, for want of a sensor; null is false
 */
public record PointRatings(
        String indicator,
        @Nullable Double rated,
        @Nullable Double set,
        @Nullable Double design,
        @Nullable Double limit,
        @Nullable String variant,
        @Nullable Range range,
        @Nullable Boolean manual) {

    /** A point without a range that has a sensor. */
    public PointRatings(
            String indicator,
            @Nullable Double rated,
            @Nullable Double set,
            @Nullable Double design,
            @Nullable Double limit,
            @Nullable String variant) {
        this(indicator, rated, set, design, limit, variant, null, null);
    }

    /** A point whose limits need nothing from the device. */
    public static PointRatings of(String indicator) {
        return new PointRatings(indicator, null, null, null, null, null);
    }

    /** The same with what is known of its transmitter. */
    public PointRatings with(Range installed) {
        return new PointRatings(indicator, rated, set, design, limit, variant, installed, manual);
    }

    boolean isManual() {
        return manual != null && manual;
    }

    public @Nullable Double value(Reference reference) {
        return switch (reference) {
            case RATED -> rated;
            case SET -> set;
            case DESIGN -> design;
            case LIMIT -> limit;
        };
    }
}
