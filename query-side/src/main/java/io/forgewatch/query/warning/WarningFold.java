package io.forgewatch.query.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.warning.WarningView.Answer;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Warnings from their events and those of their answers. */
final class WarningFold implements Fold<WarningFold.Kept> {

    /**
     * @param order {@link Order} by which lists run
     * @param progress what its events mean for its status
     * @param warning with its newest segment only
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
        return new Kept(before.order(), progress, changed(before.warning(), progress, recorded.event()));
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
                progress.demand().number(),
                progress.demand().deadlines(),
                List.of(),
                Missing.of(progress),
                1,
                List.of(Segment.of(issued)));
    }

    private static WarningView changed(WarningView warning, WarningProgress progress, DomainEvent event) {
        return switch (event) {
            case WarningSegmentAdded added -> extended(warning, progress, added);
            case WarningClosed closed -> with(warning, progress, closed.at(), warning.answers());
            case FeedbackEvent feedback ->
                with(warning, progress, warning.closedAt(), answers(warning.answers(), progress, feedback));
            default -> with(warning, progress, warning.closedAt(), warning.answers());
        };
    }

    private static List<Answer> answers(List<Answer> before, WarningProgress progress, FeedbackEvent event) {
        return switch (event) {
            case FeedbackSubmitted submitted -> {
                int named = submitted.demand();
                int demand = named == Demand.UNNUMBERED ? progress.demand().number() : named;
                Answer answer = new Answer(submitted.number(), demand, FeedbackVerdict.PENDING, submitted.at());
                yield Stream.concat(before.stream(), Stream.of(answer)).toList();
            }
            case FeedbackAccepted accepted -> judged(before, accepted.number(), FeedbackVerdict.ACCEPTED);
            case FeedbackReturned returned -> judged(before, returned.number(), FeedbackVerdict.RETURNED);
        };
    }

    private static List<Answer> judged(List<Answer> before, int number, FeedbackVerdict verdict) {
        return before.stream()
                .map(answer ->
                        answer.number() == number ? new Answer(number, answer.demand(), verdict, answer.at()) : answer)
                .toList();
    }

    private static WarningView extended(WarningView warning, WarningProgress progress, WarningSegmentAdded added) {
        return new WarningView(
                warning.id(),
                warning.enterpriseId(),
                added.level(),
                progress.status(),
                added.riskIndex(),
                added.message(),
                warning.issuedAt(),
                warning.closedAt(),
                progress.demand().number(),
                progress.demand().deadlines(),
                warning.answers(),
                Missing.of(progress),
                warning.segmentCount() + 1,
                List.of(Segment.of(added)));
    }

    private static WarningView with(
            WarningView warning, WarningProgress progress, @Nullable Instant closedAt, List<Answer> answers) {
        return new WarningView(
                warning.id(),
                warning.enterpriseId(),
                warning.level(),
                progress.status(),
                warning.riskIndex(),
                warning.message(),
                warning.issuedAt(),
                closedAt,
                warning.demand(),
                warning.deadlines(),
                answers,
                Missing.of(progress),
                warning.segmentCount(),
                warning.segments());
    }
}
