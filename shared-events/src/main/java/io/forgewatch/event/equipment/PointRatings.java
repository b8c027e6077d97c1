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
 */
public record PointRatings(
        String indicator,
        @Nullable Double rated,
        @Nullable Double set,
        @Nullable Double design,
        @Nullable Double limit,
        @Nullable String variant) {

    /** A point whose limits need nothing from the device. */
    public static PointRatings of(String indicator) {
        return new PointRatings(indicator, null, null, null, null, null);
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
