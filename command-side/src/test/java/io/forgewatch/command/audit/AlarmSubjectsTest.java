package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.at;
import static io.forgewatch.command.alarm.Alarms.breach;
import static io.forgewatch.command.alarm.Alarms.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.forgewatch.command.alarm.Alarm;
import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.PointAlarms;
import io.forgewatch.command.decision.Given;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.node.ObjectNode;

/** Alarms of every subject as an auditor asks for them. */
class AlarmSubjectsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GT3702110001010001.BF_CW_P.LOW.1732440000100",
                "GT3702110001-G1._.OFFLINE.1732440000100",
                "GT3702110001-C3._.OFFLINE.1732440000100",
                "GT3702110001-ZBF1._.AREA.1732440000100",
                "GT3702110001._.QUALITY.1732440000100"
            })
    void given_an_alarm_of_any_subject_when_asked_about_then_it_is_one_of_its_enterprise(String alarm) {
        assertThat(AuditSubjects.inPath("alarm", alarm).type()).isEqualTo(SubjectType.ALARM);
        assertThat(EnterpriseId.of(alarm).value()).isEqualTo("GT3702110001");
    }

    @Test
    void given_a_gateway_when_asked_about_then_it_is_one_of_those_that_have_a_story() {
        assertThat(AuditSubjects.inPath("gateway", "GT3702110001-G1").type()).isEqualTo(SubjectType.GATEWAY);
        assertThatThrownBy(() -> AuditSubjects.inPath("gateway", "GT3702110001"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @EnumSource(SubjectType.class)
    void given_a_type_when_it_is_asked_about_then_what_belongs_to_an_enterprise_has_a_story_and_the_documents_say_so(
            SubjectType type) {
        if (type.form().isEmpty()) {
            assertThat(refusal(type.wire(), "somebody").status()).isEqualTo(400);
            return;
        }
        String example = type.form().orElseThrow().example();
        assertThat(AuditSubjects.inPath(type.wire(), example).id()).isEqualTo(example);
        assertThat(refusal(type.wire(), example + " ").status()).isEqualTo(404);
        assertThat(refusal("nonsense", example).getMessage()).contains(type.wire());
        assertThat(documented("/audit/subjects/{type}/{id}/events")).contains(type.wire());
    }

    @ParameterizedTest
    @CsvSource({
        "warning, GT3702110001-W01",
        "warning, GT3702110001-W0",
        "gateway, GT3702110001-G01",
        "rope, GT3702110001110001-R01",
        "alarm, GT3702110001010001._.STATE.01"
    })
    void given_an_id_with_leading_zeros_when_asked_about_then_it_is_none(String type, String id) {
        assertThat(refusal(type, id).status()).isEqualTo(404);
        assertThatThrownBy(() -> AuditSubjects.inQuery(Optional.of(type), Optional.of(id)))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status())
                        .isEqualTo(400));
    }

    private static Problem refusal(String type, String id) {
        return catchThrowableOfType(Problem.class, () -> AuditSubjects.inPath(type, id));
    }

    private static String documented(String path) {
        return Arrays.stream(AuditController.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class)
                        && method.getAnnotation(GetMapping.class).value()[0].equals(path))
                .map(method -> method.getAnnotation(Operation.class).description())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GT3702110001-W1._.OFFLINE.1",
                "GT3702110001-G01._.OFFLINE.1",
                "GT3702110001-G1._.OFFLINE.01",
                "%24"
            })
    void given_what_is_no_alarm_when_asked_about_then_it_is_not_there(String alarm) {
        assertThatThrownBy(() -> AuditSubjects.inPath("alarm", alarm))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void given_an_alarm_found_late_when_its_past_is_read_then_it_was_never_open() {
        Given<PointAlarms, AlarmCommand> late = Given.nothing(new Alarm(Catalogue.standard()))
                .and(new ReportLateBreach(breach(Limit.LL, Severity.A, 0, 9_000)));

        ObjectNode seen = seen(id(0).toString(), Lens.object(), late.state());
        assertThat(seen.path("open").asBoolean(true)).isFalse();
        assertThat(seen.path("late").asBoolean()).isTrue();
        assertThat(seen("GT3702110001010001.BF_CW_P.LOW.5", Lens.object(), late.state())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void given_an_alarm_that_a_decision_ended_when_its_past_is_read_then_it_is_open_no_more_and_not_late() {
        Given<PointAlarms, AlarmCommand> given =
                Given.nothing(new Alarm(Catalogue.standard())).and(breach(Limit.LL, Severity.A, 0));
        ObjectNode open = seen(id(0).toString(), Lens.object(), given.state());
        given = given.and(new AlarmEnded(id(0).toString(), EndReason.POINT_REMOVED, "wang", at(60)));

        ObjectNode seen = seen(id(0).toString(), open, given.state());

        assertThat(open.path("open").asBoolean()).isTrue();
        assertThat(seen.path("open").asBoolean(true)).isFalse();
        assertThat(seen.path("byItself").asBoolean(true)).isFalse();
        assertThat(seen.has("late")).isFalse();
    }

    private static ObjectNode seen(String alarm, ObjectNode before, PointAlarms state) {
        return Lens.alarm(alarm).see(before, EventJson.MAPPER.valueToTree(state));
    }
}
