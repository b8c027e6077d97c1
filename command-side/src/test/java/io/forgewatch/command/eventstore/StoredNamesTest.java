package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.kept.KeptStore;
import io.forgewatch.command.wiring.Found;
import io.forgewatch.command.risk.WhenAlarmChangesThenAssessRisk;
import io.forgewatch.command.risk.WhenRiskFallsThenAssessAgain;
import io.forgewatch.command.warning.WhenAnswerSentBackThenEscalate;
import io.forgewatch.command.warning.WhenAnythingSettlesThenCloseWarning;
import io.forgewatch.command.warning.WhenRiskRisesThenIssueWarning;
import io.forgewatch.command.warning.WhenWarningIssuedThenWatchDeadlines;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What is stored by name is found again by the code of every later release: these names never change, and none is used anew. */
class StoredNamesTest {

    /** Of rules that are gone; no other may ever have their names. */
    private static final Set<String> RETIRED_AUTOMATIONS = Set.of("WhenAlarmReturnsThenClearLater");

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @Test
    void given_the_names_by_which_commands_are_stored_when_the_code_changes_then_they_stay() {
        assertThat(commands().map(Command::name))
                .containsExactlyInAnyOrder(
                        "ReportBreach",
                        "ReportLateBreach",
                        "ReportReturn",
                        "ReportSettled",
                        "AcknowledgeAlarm",
                        "ClearAlarm",
                        "ClearReturnedAlarm",
                        "ClaimSensorFault",
                        "AcceptSensorFault",
                        "RejectSensorFault",
                        "ReportClockWrong",
                        "ReportClockRight",
                        "ReportBehind",
                        "ReportCaughtUp",
                        "ChangeGatewaySettings",
                        "RegisterEnterprise",
                        "RegisterGateway",
                        "RegisterDevice",
                        "SetPointRange",
                        "SubmitFeedback",
                        "AcceptFeedback",
                        "ReturnFeedback",
                        "OpenAccount",
                        "ErasePersonalData",
                        "AssessRisk",
                        "OpenEpoch",
                        "ConsiderWarning",
                        "CloseWarningWhenDone",
                        "SignWarning",
                        "VerifyWarning",
                        "EscalateWarning",
                        "EscalateOverdue");
    }

    @Test
    void given_the_names_by_which_automations_are_stored_when_the_code_changes_then_they_stay() {
        assertThat(Found.automations().stream().map(Automation::name))
                .containsExactlyInAnyOrder(
                        "WhenAlarmChangesThenAssessRisk",
                        "WhenRiskFallsThenAssessAgain",
                        "WhenRiskRisesThenIssueWarning",
                        "WhenWarningIssuedThenWatchDeadlines",
                        "WhenAnswerSentBackThenEscalate",
                        "WhenAnythingSettlesThenCloseWarning")
                .doesNotContainAnyElementsOf(RETIRED_AUTOMATIONS);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void given_the_names_in_a_kept_store_when_looked_for_then_each_has_its_code(KeptStore kept) {
        assertThat(commands().map(Command::name)).containsAll(column(kept, "due_dates", "command_name"));
        assertThat(Found.automations().stream().map(Automation::name))
                .containsAll(column(kept, "tokens", "processor").stream()
                        .filter(name -> !RETIRED_AUTOMATIONS.contains(name))
                        .toList())
                .containsAll(column(kept, "parked", "automation"));
    }

    @Test
    void given_a_command_without_a_name_when_it_is_asked_for_then_it_is_said() {
        record Nameless(Instant at) implements Command {}
        assertThatThrownBy(() -> Command.name(Nameless.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nameless");
    }

    private static List<String> column(KeptStore kept, String table, String column) {
        return kept.lines("events/" + table).stream()
                .map(line -> JsonMapper.shared().readTree(line).required(column).asString())
                .toList();
    }

    private static Stream<? extends Class<? extends Command>> commands() {
        return Found.deciders().stream().flatMap(decider -> DeciderNames.commands(decider).stream());
    }
}
