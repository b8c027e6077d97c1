package io.forgewatch.event.warning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.risk.RiskLevel;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the newest demand 要求 of a warning is met.
 *
 * @param number of the demand, from 1
 * @param asked the warning's level when it was issued
 * @param level the highest among what it contains unverified
 * @param answers verdicts of the answers given to it, by their number; those given to older demands meet nothing
 * @param verified whether its last verification passed
 */
public record DemandProgress(
        int number,
        RiskLevel asked,
        RiskLevel level,
        Deadlines deadlines,
        Instant issuedAt,
        boolean signed,
        Map<Integer, FeedbackVerdict> answers,
        boolean verified) {

    public DemandProgress {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    static DemandProgress of(Demand demand, RiskLevel asked, Instant issuedAt) {
        return new DemandProgress(
                demand.number(), asked, demand.level(), demand.deadlines(), issuedAt, false, Map.of(), false);
    }

    /** 核查 is for orange and red. */
    public boolean needsVerification() {
        return level.above(RiskLevel.YELLOW);
    }

    /** Whether there is an answer that was not sent back. */
    @JsonIgnore
    public boolean isAnswered() {
        return answers.values().stream().anyMatch(verdict -> verdict != FeedbackVerdict.RETURNED);
    }

    @JsonIgnore
    public boolean isAccepted() {
        return answers.containsValue(FeedbackVerdict.ACCEPTED);
    }

    /** 处置完成, one definition for all: accepted where it is verified, else not sent back. */
    @JsonIgnore
    public boolean isDisposed() {
        return needsVerification() ? isAccepted() : isAnswered();
    }

    /** Whether people gave all that it asks for. */
    @JsonIgnore
    public boolean isMet() {
        return signed && isDisposed() && (verified || !needsVerification());
    }

    /** Whether what a deadline is for is still missing, or missing again: an answer that was sent back is none. */
    public boolean owes(DeadlineKind kind) {
        return switch (kind) {
            case SIGN -> !signed;
            case FEEDBACK -> !isAnswered();
            case RESOLVE -> !isDisposed();
        };
    }

    /** Follows from signature and verdicts together, in whichever order they were given. */
    WarningStatus status() {
        if (!signed) {
            return WarningStatus.UNSIGNED;
        }
        if (isAccepted() && needsVerification()) {
            return WarningStatus.TO_VERIFY;
        }
        if (isAnswered()) {
            return WarningStatus.ANSWERED;
        }
        return answers.isEmpty() ? WarningStatus.SIGNED : WarningStatus.HANDLING;
    }

    DemandProgress withSignature() {
        return new DemandProgress(number, asked, level, deadlines, issuedAt, true, answers, verified);
    }

    /** Before demands were told a rise asked for no signature of its own: whoever answers it has signed it. */
    DemandProgress submitted(int answer) {
        Map<Integer, FeedbackVerdict> all = new LinkedHashMap<>(answers);
        all.put(answer, FeedbackVerdict.PENDING);
        return new DemandProgress(number, asked, level, deadlines, issuedAt, true, all, false);
    }

    /** A verdict on an answer to an older demand changes nothing. */
    DemandProgress judged(int answer, FeedbackVerdict verdict) {
        if (!answers.containsKey(answer)) {
            return this;
        }
        Map<Integer, FeedbackVerdict> all = new LinkedHashMap<>(answers);
        all.put(answer, verdict);
        return new DemandProgress(number, asked, level, deadlines, issuedAt, signed, all, verified);
    }

    /** What was found not to be in order needs a new answer, whatever had been said of those before. */
    DemandProgress verified(boolean passed) {
        Map<Integer, FeedbackVerdict> all = new LinkedHashMap<>(answers);
        if (!passed) {
            all.replaceAll((answer, verdict) -> FeedbackVerdict.RETURNED);
        }
        return new DemandProgress(number, asked, level, deadlines, issuedAt, signed, all, passed);
    }
}
