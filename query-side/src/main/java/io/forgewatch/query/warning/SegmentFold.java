package io.forgewatch.query.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Each segment of a warning in a document of its own: however many there are, no document grows. */
final class SegmentFold implements Fold<SegmentFold.Kept> {

    /** The field of a document that says whose segment it is. */
    static final String WARNING = "warning";

    /** @param order {@link Order} by which lists run */
    record Kept(long order, String warningId, String enterpriseId, Segment segment) {}

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(WarningIssued.class, WarningSegmentAdded.class);
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return switch (event) {
            case WarningIssued issued -> List.of(id(issued.warningId(), issued.at(), 0));
            case WarningSegmentAdded added ->
                List.of(id(
                        added.warningId(),
                        added.at(),
                        31 * (31 * added.level().name().hashCode() + Double.hashCode(added.riskIndex()))
                                + added.alarms().hashCode()));
            default -> List.of();
        };
    }

    /** An event does not know its place; two segments of one moment and content would say the same. */
    private static String id(String warningId, Instant at, int content) {
        return warningId + "/" + at.toEpochMilli() + "/" + Integer.toHexString(content);
    }

    @Override
    public boolean begins(DomainEvent event) {
        return true;
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        return switch (recorded.event()) {
            case WarningIssued issued -> kept(issued.warningId(), Segment.of(issued), recorded);
            case WarningSegmentAdded added -> kept(added.warningId(), Segment.of(added), recorded);
            default -> throw new IllegalArgumentException("No segment: " + recorded.event());
        };
    }

    @Override
    public Map<String, Object> keys(Kept kept) {
        Map<String, Object> keys = new LinkedHashMap<>(Region.keys(kept.enterpriseId()));
        keys.put(Order.FIELD, kept.order());
        keys.put(WARNING, kept.warningId());
        return keys;
    }

    private static Kept kept(String warningId, Segment segment, RecordedEvent recorded) {
        return new Kept(
                Order.of(segment.from(), recorded),
                warningId,
                String.valueOf(recorded.event().enterpriseId()),
                segment);
    }
}
