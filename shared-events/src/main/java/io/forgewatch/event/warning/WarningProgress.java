package io.forgewatch.event.warning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a warning's events and those of its answers mean for its status: the one place that says it, for both sides.
 *
 * @param level of the newest segment
 * @param demand the newest demand, which contains the older ones
 * @param met the level at which the last demand before it was issued that was met; BLUE when none was
 */
public record WarningProgress(
        boolean closed, RiskLevel level, DemandProgress demand, RiskLevel met, Owed sign, Owed feedback, Owed resolve) {

    public static WarningProgress issued(WarningIssued issued) {
        Demand demand = issued.demand().numbered(1);
        return new WarningProgress(
                false,
                issued.level(),
                DemandProgress.of(demand, issued.level(), issued.at()),
                RiskLevel.BLUE,
                first(DeadlineKind.SIGN, demand, issued.at()),
                first(DeadlineKind.FEEDBACK, demand, issued.at()),
                first(DeadlineKind.RESOLVE, demand, issued.at()));
    }

    private static Owed first(DeadlineKind kind, Demand demand, Instant at) {
        return new Owed(demand.number(), at, demand.deadlines().of(kind));
    }

    /** Events that mean nothing for the status leave it as it is. */
    public WarningProgress after(DomainEvent event) {
        return switch (event) {
            case WarningEvent warning -> after(warning);
            case FeedbackEvent feedback -> after(feedback);
            default -> this;
        };
    }

    public WarningProgress after(FeedbackEvent event) {
        return switch (event) {
            case FeedbackSubmitted submitted ->
                isOfTheNewest(submitted.demand()) ? with(demand.submitted(submitted.number())) : this;
            case FeedbackAccepted accepted -> with(demand.judged(accepted.number(), FeedbackVerdict.ACCEPTED));
            case FeedbackReturned returned -> with(demand.judged(returned.number(), FeedbackVerdict.RETURNED));
        };
    }

    public WarningProgress after(WarningEvent event) {
        return switch (event) {
            case WarningIssued issued -> issued(issued);
            case WarningSegmentAdded added -> added(added);
            case WarningSigned _ -> with(demand.withSignature());
            case WarningVerified verification -> with(demand.verified(verification.passed()));
            case WarningClosed _ -> new WarningProgress(true, level, demand, met, sign, feedback, resolve);
            case WarningEvent.WarningEscalated _ -> this;
        };
    }

    /** Follows from the rest; told with it wherever a state is shown. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public WarningStatus status() {
        return closed ? WarningStatus.CLOSED : demand.status();
    }

    /** Whether all is there that people have to give before it may close. */
    @JsonIgnore
    public boolean isComplete() {
        return demand.isMet();
    }

    /** Whether the enterprise has an answer in that was not sent back. */
    @JsonIgnore
    public boolean isAnswered() {
        return demand.isAnswered();
    }

    /** The level at which the last demand was issued that is met, the newest one included. */
    public RiskLevel lastMet() {
        return demand.isMet() ? demand.asked() : met;
    }

    /** Since when, and of which demand on, a thing is missing; empty when it was given. */
    public Optional<Owed> owed(DeadlineKind kind) {
        return !closed && demand.owes(kind) ? Optional.of(known(kind)) : Optional.empty();
    }

    /** The earliest deadline of what the enterprise owes, passed or not; empty when it did its part. */
    public Optional<Instant> earliestDue() {
        return Arrays.stream(DeadlineKind.values())
                .flatMap(kind -> owed(kind).stream())
                .map(Owed::due)
                .min(Comparator.naturalOrder());
    }

    private Owed known(DeadlineKind kind) {
        return switch (kind) {
            case SIGN -> sign;
            case FEEDBACK -> feedback;
            case RESOLVE -> resolve;
        };
    }

    private boolean isOfTheNewest(int number) {
        return number == demand.number() || number == Demand.UNNUMBERED;
    }

    private WarningProgress added(WarningSegmentAdded added) {
        Demand next = added.demand();
        if (next == null
                || (next.number() == Demand.UNNUMBERED && !added.level().above(demand.level()))) {
            return new WarningProgress(closed, added.level(), demand, met, sign, feedback, resolve);
        }
        Demand numbered = next.numbered(demand.number() + 1);
        return new WarningProgress(
                closed,
                added.level(),
                DemandProgress.of(numbered, added.level(), added.at()),
                lastMet(),
                owed(DeadlineKind.SIGN, numbered, added.at()),
                owed(DeadlineKind.FEEDBACK, numbered, added.at()),
                owed(DeadlineKind.RESOLVE, numbered, added.at()));
    }

    private Owed owed(DeadlineKind kind, Demand next, Instant at) {
        return known(kind)
                .after(demand.owes(kind), next.number(), at, next.deadlines().of(kind));
    }

    private WarningProgress with(DemandProgress changed) {
        return new WarningProgress(closed, level, changed, met, sign, feedback, resolve);
    }
}
