package io.forgewatch.query.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.event.warning.WarningStatus;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.warning.WarningView.Segment;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warnings from their events and those of their answers. */
final class WarningFold implements Fold<WarningFold.Kept> {

    /**
     * @param order {@link Order} by which lists run
     * @param progress what its events mean for its status
     */
    record Kept(long order, WarningProgress progress, WarningView warning) {}

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public List<String> ids(DomainEvent event) {
        return switch (event) {
            case WarningEvent warning -> List.of(warning.warningId());
            case FeedbackEvent feedback -> List.of(feedback.warningId());
            default -> List.of();
        };
    }

    @Override
    public Kept after(@Nullable Kept before, String id, RecordedEvent recorded) {
        if (recorded.event() instanceof WarningIssued issued) {
            WarningProgress progress = WarningProgress.issued(issued);
            return new Kept(Order.of(issued.at(), recorded), progress, issued(issued, progress));
        }
        if (before == null) {
            throw new IllegalStateException("Warning " + id + " was never issued");
        }
        WarningProgress progress = before.progress().after(recorded.event());
        return new Kept(before.order(), progress, changed(before.warning(), progress.status(), recorded.event()));
    }

    @Override
    public Map<String, Object> keys(Kept kept) {
        WarningView warning = kept.warning();
        Map<String, Object> keys = new LinkedHashMap<>(Region.keys(warning.enterpriseId()));
        keys.put(Order.FIELD, kept.order());
        keys.put("status", warning.status().name());
        keys.put("level", warning.level().name());
        return keys;
    }

    private static WarningView issued(WarningIssued issued, WarningProgress progress) {
        return new WarningView(
                issued.warningId(),
                issued.enterpriseId(),
                issued.level(),
                progress.status(),
                issued.riskIndex(),
                issued.message(),
                issued.at(),
                null,
                issued.deadlines(),
                List.of(new Segment(issued.level(), issued.at(), issued.alarms())));
    }

    private static WarningView changed(WarningView warning, WarningStatus status, DomainEvent event) {
        return switch (event) {
            case WarningSegmentAdded added -> extended(warning, status, added);
            case WarningClosed closed -> with(warning, status, closed.at());
            default -> with(warning, status, warning.closedAt());
        };
    }

    private static WarningView extended(WarningView warning, WarningStatus status, WarningSegmentAdded added) {
        List<Segment> segments = new ArrayList<>(warning.segments());
        segments.add(new Segment(added.level(), added.at(), added.alarms()));
        return new WarningView(
                warning.id(),
                warning.enterpriseId(),
                added.level(),
                status,
                added.riskIndex(),
                added.message(),
                warning.issuedAt(),
                warning.closedAt(),
                added.deadlines(),
                segments);
    }

    private static WarningView with(WarningView warning, WarningStatus status, @Nullable Instant closedAt) {
        return new WarningView(
                warning.id(),
                warning.enterpriseId(),
                warning.level(),
                status,
                warning.riskIndex(),
                warning.message(),
                warning.issuedAt(),
                closedAt,
                warning.deadlines(),
                warning.segments());
    }
}
