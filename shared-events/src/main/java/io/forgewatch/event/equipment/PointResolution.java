package io.forgewatch.event.equipment;

/** What came of resolving an indicator for a device. */
public sealed interface PointResolution {

    record Resolved(MonitoringPoint point) implements PointResolution {}

    /**
     * It can't be resolved.
     *
     * @param code {@code unknown-indicator}, {@code foreign-indicator}, {@code reference-missing}, {@code reference-invalid},
     *     {@code variant-unknown}, {@code limits-out-of-order} or {@code range-invalid}
     * @param field which field of {@link PointRatings} is wrong or missing: indicator, rated, set, design, limit, variant or range
     */
    record Refused(String indicator, String code, String field, String zh, String en) implements PointResolution {}
}
