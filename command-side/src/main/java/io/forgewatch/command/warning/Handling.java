package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Owed;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.event.warning.WarningStatus;
import java.util.Map;

/** What is done with an open warning until it closes. */
final class Handling {

    private final WarningRules rules;

    Handling(WarningRules rules) {
        this.rules = rules;
    }

    Decision sign(WarningState state, SignWarning command) {
        OpenWarning open = state.open();
        if (open == null || !open.id().equals(command.warning().toString())) {
            return notOpen(state, command.warning());
        }
        Map<String, Object> answer = Map.of("id", open.id());
        return open.progress().status() == WarningStatus.UNSIGNED
                ? Decision.answering(answer, new WarningSigned(open.id(), command.by(), command.at()))
                : Decision.answering(answer);
    }

    Decision verify(WarningState state, VerifyWarning command) {
        OpenWarning open = state.open();
        if (open == null || !open.id().equals(command.warning().toString())) {
            return notOpen(state, command.warning());
        }
        WarningProgress progress = open.progress();
        if (progress.status() != WarningStatus.TO_VERIFY) {
            return Decision.refused(
                    Refusal.Kind.CONFLICT,
                    "warning-not-to-verify",
                    "该预警当前不在待核查状态（橙、红色预警在反馈通过后核查）。",
                    "The warning is not to be verified now: orange and red ones are, once an answer was accepted.");
        }
        Map<String, Object> answer = Map.of("id", open.id());
        return progress.demand().verified() && command.passed()
                ? Decision.answering(answer)
                : Decision.answering(
                        answer,
                        new WarningVerified(open.id(), command.passed(), command.note(), command.by(), command.at()));
    }

    /** What was given for the newest demand was given for those that it contains: then nobody is told. */
    Decision escalate(WarningState state, EscalateWarning command) {
        OpenWarning open = state.open();
        if (open == null
                || !open.id().equals(command.warning().toString())
                || !open.progress()
                        .owed(command.missed())
                        .filter(owed -> isOf(command, owed))
                        .isPresent()
                || (open.reached() != null && open.reached().compareTo(command.to()) >= 0)) {
            return Decision.nothing();
        }
        return Decision.accepted(
                new WarningEscalated(open.id(), command.missed(), command.to().name(), command.at()));
    }

    /**
     * Whether what is owed was owed to the demand whose time has come. Dates that were entered before demands had numbers name none:
     * then it must have been owed for as long as the rules give at the least.
     */
    private boolean isOf(EscalateWarning command, Owed owed) {
        return command.demand() == null
                ? !command.at().isBefore(owed.since().plus(rules.shortest(command.missed(), command.to())))
                : command.demand() >= owed.demand();
    }

    /**
     * Closes when the risk is blue, all counting alarms are cleared, whether a segment named them or not, and people gave all that
     * the newest demand asks for. Risk falls to blue only when the index was below yellow less the margin for ten minutes, which
     * is at least as strict as "below the warning's own level".
     */
    Decision closeWhenDone(WarningState state, CloseWarningWhenDone command) {
        OpenWarning open = state.open();
        if (open == null
                || state.level().above(RiskLevel.BLUE)
                || !open.progress().isComplete()
                || open.demandsAt() != null
                || state.isUnsettled()) {
            return Decision.nothing();
        }
        return Decision.accepted(new WarningClosed(open.id(), command.at()));
    }

    private static Decision notOpen(WarningState state, WarningId warning) {
        return warning.number() >= 1 && warning.number() <= state.issued()
                ? Decision.refused(Refusal.Kind.CONFLICT, "warning-closed", "该预警已消警。", "The warning is closed already.")
                : Decision.refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该预警。", "There is no such warning.");
    }
}
