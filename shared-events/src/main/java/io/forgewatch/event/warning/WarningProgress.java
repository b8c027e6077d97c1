package io.forgewatch.event.warning;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;

/**
 * What a warning's events and those of its answers mean for its status: the one place that says it, for both sides.
 *
 * @param level of the newest segment
 * @param highest of all segments: a warning that was orange once is verified, whatever it fell to
 * @param everAnswered whether there was an answer since it reached its highest level
 * @param verified whether the last verification passed
 */
public record WarningProgress(
        WarningStatus status, RiskLevel level, RiskLevel highest, boolean everAnswered, boolean verified) {

    public static WarningProgress issued(WarningIssued issued) {
        return new WarningProgress(WarningStatus.UNSIGNED, issued.level(), issued.level(), false, false);
    }

    /** Events that mean nothing for the status leave it as it is. */
    public WarningProgress after(DomainEvent event) {
        return switch (event) {
            case WarningSegmentAdded added -> added(added.level());
            case WarningSigned _ -> status == WarningStatus.UNSIGNED ? with(WarningStatus.SIGNED) : this;
            case FeedbackSubmitted _ -> new WarningProgress(WarningStatus.ANSWERED, level, highest, true, false);
            case FeedbackAccepted _ -> needsVerification() ? with(WarningStatus.TO_VERIFY) : this;
            case FeedbackReturned _ -> with(WarningStatus.HANDLING);
            case WarningVerified verification ->
                new WarningProgress(
                        verification.passed() ? status : WarningStatus.HANDLING,
                        level,
                        highest,
                        everAnswered,
                        verification.passed());
            case WarningClosed _ -> with(WarningStatus.CLOSED);
            default -> this;
        };
    }

    /** 核查 is for orange and red. */
    public boolean needsVerification() {
        return highest.above(RiskLevel.YELLOW);
    }

    /** Whether all is there that people have to give before it may close. */
    public boolean isComplete() {
        return needsVerification() ? status == WarningStatus.TO_VERIFY && verified : status == WarningStatus.ANSWERED;
    }

    /** Whether the enterprise has an answer in that was not sent back. */
    public boolean isAnswered() {
        return status == WarningStatus.ANSWERED || status == WarningStatus.TO_VERIFY || status == WarningStatus.CLOSED;
    }

    /** A rise asks for a new answer, a fall for nothing. */
    private WarningProgress added(RiskLevel now) {
        if (!now.above(highest)) {
            return new WarningProgress(status, now, highest, everAnswered, verified);
        }
        return new WarningProgress(isAnswered() ? WarningStatus.HANDLING : status, now, now, false, false);
    }

    private WarningProgress with(WarningStatus next) {
        return new WarningProgress(next, level, highest, everAnswered, verified);
    }
}
