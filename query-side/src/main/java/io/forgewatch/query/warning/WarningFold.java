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
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.query.projection.Fold;
import io.forgewatch.query.warning.WarningView.Answer;
import io.forgewatch.query.warning.WarningView.Escalation;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final int MOST_ANSWERS = 50;
    private static final int MOST_ESCALATIONS = 20;
    private static final List<String> TIERS = List.of("COUNTY", "CITY", "PROVINCE", "MINISTRY");

    /**
     * Those that a view shows, and how many there are.
     */
    private record Answers(List<Answer> newest, int count) {
        static final Answers NONE = new Answers(List.of(), 0);
    }

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return Set.of(WarningEvent.class, FeedbackEvent.class);
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
    public boolean begins(DomainEvent event) {
        return event instanceof WarningIssued;
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
                null,
                List.of(),
                0,
                null,
                List.of(),
                Missing.of(progress, false),
                1,
                List.of(Segment.of(issued)));
    }

    private static WarningView changed(WarningView warning, WarningProgress progress, DomainEvent event) {
        return switch (event) {
            case WarningSegmentAdded added -> extended(warning, progress, added);
            case WarningClosed closed -> with(warning, progress, closed.at(), answers(warning), known(warning));
            case WarningEscalated escalated ->
                with(
                        warning,
                        progress,
                        warning.closedAt(),
                        answers(warning),
                        told(known(warning), progress, escalated));
            case FeedbackEvent feedback ->
                with(
                        warning,
                        progress,
                        warning.closedAt(),
                        answers(answers(warning), progress, feedback),
                        known(warning));
            default -> with(warning, progress, warning.closedAt(), answers(warning), known(warning));
        };
    }

    private static Answers answers(WarningView warning) {
        List<Answer> known = warning.answers();
        Integer count = warning.answerCount();
        return known == null ? Answers.NONE : new Answers(known, count == null ? known.size() : count);
    }

    private static List<Escalation> known(WarningView warning) {
        List<Escalation> known = warning.escalations();
        return known == null ? List.of() : known;
    }

    private static List<Escalation> told(
            List<Escalation> before, WarningProgress progress, WarningEscalated escalated) {
        int named = escalated.demand();
        int demand = named == Demand.UNNUMBERED ? progress.demand().number() : named;
        return newest(
                Stream.concat(
                                before.stream(),
                                Stream.of(new Escalation(demand, escalated.missed(), escalated.to(), escalated.at())))
                        .toList(),
                MOST_ESCALATIONS);
    }

    /** Tiers from below; the highest that was told stays so. */
    private static @Nullable String highest(@Nullable String before, List<Escalation> escalations) {
        return Stream.concat(Stream.ofNullable(before), escalations.stream().map(Escalation::to))
                .max(Comparator.comparingInt(TIERS::indexOf))
                .orElse(null);
    }

    private static <T> List<T> newest(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private static Answers answers(Answers before, WarningProgress progress, FeedbackEvent event) {
        return switch (event) {
            case FeedbackSubmitted submitted -> {
                int named = submitted.demand();
                int demand = named == Demand.UNNUMBERED ? progress.demand().number() : named;
                Answer answer = new Answer(submitted.number(), demand, FeedbackVerdict.PENDING, submitted.at());
                yield new Answers(
                        newest(
                                Stream.concat(before.newest().stream(), Stream.of(answer))
                                        .toList(),
                                MOST_ANSWERS),
                        before.count() + 1);
            }
            case FeedbackAccepted accepted -> judged(before, accepted.number(), FeedbackVerdict.ACCEPTED);
            case FeedbackReturned returned -> judged(before, returned.number(), FeedbackVerdict.RETURNED);
        };
    }

    private static Answers judged(Answers before, int number, FeedbackVerdict verdict) {
        List<Answer> judged = before.newest().stream()
                .map(answer ->
                        answer.number() == number ? new Answer(number, answer.demand(), verdict, answer.at()) : answer)
                .toList();
        return new Answers(judged, before.count());
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
                demandsAt(warning, progress, added),
                warning.answers(),
                warning.answerCount(),
                warning.escalatedTo(),
                warning.escalations(),
                Missing.of(progress, demandsAt(warning, progress, added) != null),
                warning.segmentCount() == null ? null : warning.segmentCount() + 1,
                List.of(Segment.of(added)));
    }

    /** What waits ends with the demand that it makes. */
    private static @Nullable Instant demandsAt(
            WarningView before, WarningProgress progress, WarningSegmentAdded added) {
        boolean made =
                before.demand() == null || before.demand() != progress.demand().number();
        return made ? null : added.demandsAt();
    }

    private static WarningView with(
            WarningView warning,
            WarningProgress progress,
            @Nullable Instant closedAt,
            Answers answers,
            List<Escalation> escalations) {
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
                warning.demandsAt(),
                answers.newest(),
                answers.count(),
                highest(warning.escalatedTo(), escalations),
                escalations,
                Missing.of(progress, warning.demandsAt() != null),
                warning.segmentCount(),
                warning.segments());
    }
}
