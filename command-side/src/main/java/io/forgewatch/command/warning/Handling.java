package io.forgewatch.command.warning;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.warning.OpenWarning.Told;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.EscalateOverdue;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DemandProgress;
import io.forgewatch.event.warning.Owed;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

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
                || open.progress()
                        .owed(command.missed())
                        .filter(owed -> isOf(command, owed))
                        .isEmpty()) {
            return Decision.nothing();
        }
        Integer named = command.demand();
        int demand = named == null ? open.progress().demand().number() : named;
        return Decision.accepted(untold(open, new Told(demand, command.missed(), command.to()), command.at())
                .toList());
    }

    /** Of the newest demand, which contains the older ones; the tiers in order. */
    Decision escalate(WarningState state, EscalateOverdue command) {
        OpenWarning open = state.open();
        if (open == null || !open.id().equals(command.warning().toString())) {
            return Decision.nothing();
        }
        DemandProgress demand = open.progress().demand();
        return Decision.accepted(rules.escalations(demand.asked()).stream()
                .filter(each -> !command.at().isBefore(rules.due(each, demand.issuedAt())))
                .filter(each -> open.progress().owed(each.missed()).isPresent())
                .flatMap(each -> untold(open, new Told(demand.number(), each.missed(), each.to()), command.at()))
                .toList());
    }

    /** A tier hears of one thing of one demand once, and of none that a newer one contains of which it or a higher heard. */
    private static Stream<DomainEvent> untold(OpenWarning open, Told tier, Instant at) {
        return open.told().stream().anyMatch(tier::isContained)
                ? Stream.empty()
                : Stream.of(new WarningEscalated(
                        open.id(), tier.demand(), tier.missed(), tier.to().name(), at));
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
