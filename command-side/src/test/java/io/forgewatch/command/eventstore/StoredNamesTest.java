package io.forgewatch.command.eventstore;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.connectivity.ConnectivityCommand;
import io.forgewatch.command.connectivity.GatewaySettingsCommand;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.enterprise.EnterpriseCommand;
import io.forgewatch.command.equipment.EquipmentCommand;
import io.forgewatch.command.feedback.FeedbackCommand;
import io.forgewatch.command.identity.IdentityCommand;
import io.forgewatch.command.kept.KeptStore;
import io.forgewatch.command.personal.PersonalCommand;
import io.forgewatch.command.risk.RiskCommand;
import io.forgewatch.command.risk.WhenAlarmChangesThenAssessRisk;
import io.forgewatch.command.risk.WhenRiskFallsThenAssessAgain;
import io.forgewatch.command.transparency.TransparencyCommand;
import io.forgewatch.command.warning.WarningCommand;
import io.forgewatch.command.warning.WhenAnswerSentBackThenEscalate;
import io.forgewatch.command.warning.WhenAnythingSettlesThenCloseWarning;
import io.forgewatch.command.warning.WhenRiskRisesThenIssueWarning;
import io.forgewatch.command.warning.WhenWarningIssuedThenWatchDeadlines;
import java.lang.reflect.Constructor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    private static final List<Class<? extends Automation>> AUTOMATIONS = List.of(
            WhenAlarmChangesThenAssessRisk.class,
            WhenRiskFallsThenAssessAgain.class,
            WhenRiskRisesThenIssueWarning.class,
            WhenWarningIssuedThenWatchDeadlines.class,
            WhenAnswerSentBackThenEscalate.class,
            WhenAnythingSettlesThenCloseWarning.class);

    private static final List<Class<? extends Command>> COMMANDS = List.of(
            AlarmCommand.class,
            ConnectivityCommand.class,
            GatewaySettingsCommand.class,
            EnterpriseCommand.class,
            EquipmentCommand.class,
            FeedbackCommand.class,
            IdentityCommand.class,
            PersonalCommand.class,
            RiskCommand.class,
            TransparencyCommand.class,
            WarningCommand.class);

    static List<KeptStore> kept() {
        return KeptStore.all();
    }

    @Test
    void given_the_names_by_which_commands_are_stored_when_the_code_changes_then_they_stay() {
        assertThat(COMMANDS.stream().flatMap(StoredNamesTest::records).map(Command::name))
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
                        "CloseAccount",
                        "ReopenAccount",
                        "AssignAccount",
                        "ChangePassword",
                        "ResetPassword",
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
        assertThat(AUTOMATIONS.stream().map(StoredNamesTest::name))
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
        Map<String, Class<? extends Command>> commands =
                COMMANDS.stream().flatMap(StoredNamesTest::records).collect(toMap(Command::name, identity()));
        assertThat(commands.keySet()).containsAll(column(kept, "due_dates", "command_name"));
        assertThat(AUTOMATIONS.stream().map(StoredNamesTest::name))
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

    private static Stream<Class<? extends Command>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StoredNamesTest::records)
                : Stream.of(type.asSubclass(Command.class));
    }

    /** Of one that may need a model to be made: its constant. */
    private static String name(Class<? extends Automation> automation) {
        try {
            String constant = (String) automation.getField("NAME").get(null);
            for (Constructor<?> constructor : automation.getConstructors()) {
                if (constructor.getParameterCount() == 0) {
                    assertThat(((Automation) constructor.newInstance()).name()).isEqualTo(constant);
                }
            }
            return constant;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
