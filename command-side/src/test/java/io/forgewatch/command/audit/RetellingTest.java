package io.forgewatch.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.Alarm;
import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.enterprise.Enterprise;
import io.forgewatch.command.equipment.Device;
import io.forgewatch.command.feedback.Feedback;
import io.forgewatch.command.risk.Risk;
import io.forgewatch.command.risk.RiskModel;
import io.forgewatch.command.warning.Warning;
import io.forgewatch.command.warning.WarningRules;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** How something was, from nothing but the events and the deciders. */
class RetellingTest {

    private static final List<Decider<?, ?>> DECIDERS = List.of(
            new Alarm(Catalogue.standard()),
            new Device(Catalogue.standard()),
            new Enterprise(),
            new Feedback(),
            new Risk(RiskModel.standard()),
            new Warning(Catalogue.standard(), WarningRules.standard()));
    private static final Subject W1 = new Subject(SubjectType.WARNING, Past.W1);
    private static final Subject PUMP = new Subject(SubjectType.ALARM, Past.PUMP);

    private static @Nullable History at(Subject subject, long position) {
        return at(subject, position, Long.MAX_VALUE, 50);
    }

    private static @Nullable History at(Subject subject, long position, long before, int most) {
        try {
            return histories(1_000, 20)
                    .of(subject, new Strands(DECIDERS).of(subject), new Moment(null, position), asked(before, most))
                    .block();
        } catch (Problem notYet) {
            assertThat(notYet.status()).isEqualTo(404);
            return null;
        }
    }

    private static ListParameters asked(long before, int most) {
        ListParameters first = ListParameters.of("", Map.of(), List.of());
        Map<String, List<String>> page = Map.of(
                "limit", List.of(Integer.toString(most)),
                "cursor", List.of(first.next(Cursor.of(Long.toString(before)))));
        return ListParameters.of("", page, List.of());
    }

    private static long told(String next) {
        return ListParameters.of("", Map.of("cursor", List.of(next)), List.of())
                .cursor()
                .orElseThrow()
                .number(0);
    }

    private static Histories histories(int apart, int mostMarks) {
        return new Histories(new PastArchive(), apart, mostMarks);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void given_marks_along_the_story_when_it_is_told_from_any_of_them_then_it_is_the_same_story(int apart) {
        Histories marked = histories(apart, 1_000);
        for (Subject subject : List.of(W1, PUMP, new Subject(SubjectType.RISK, Alarms.ENTERPRISE))) {
            List<Strand<?>> strands = new Strands(DECIDERS).of(subject);
            for (long position = 1; position <= 19; position++) {
                History whole = at(subject, position);
                if (whole == null) {
                    continue;
                }
                List<History.Change> changes = new ArrayList<>();
                long before = Long.MAX_VALUE;
                String next;
                do {
                    History page = marked.of(subject, strands, new Moment(null, position), asked(before, 2))
                            .block();
                    assertThat(page.then()).isEqualTo(whole.then());
                    assertThat(page.now()).isEqualTo(whole.now());
                    assertThat(page.changes().items()).hasSizeLessThanOrEqualTo(2);
                    changes.addAll(page.changes().items());
                    next = page.changes().next();
                    before = next == null ? 0 : told(next);
                } while (next != null);
                assertThat(changes).isEqualTo(whole.changes().items());
            }
        }
    }

    @Test
    void given_a_story_longer_than_one_request_goes_through_when_asked_again_then_it_is_told_in_the_end() {
        Histories histories = histories(2, 2);
        List<Strand<?>> strands = new Strands(DECIDERS).of(W1);
        Mono<History> asked = histories.of(W1, strands, new Moment(null, null), asked(Long.MAX_VALUE, 50));
        int building = 0;
        History told = null;
        while (told == null) {
            try {
                told = asked.block();
            } catch (Problem notYet) {
                assertThat(notYet.code()).isEqualTo("view-building");
                assertThat(notYet.headers()).containsKey("Retry-After");
                building++;
            }
        }

        assertThat(building).isBetween(1, 10);
        assertThat(told.now()).isEqualTo(at(W1, 19).now());
    }

    private static JsonNode then(Subject subject, long position) {
        History history = at(subject, position);
        assertThat(history).isNotNull();
        return history.then().state();
    }

    @Test
    void given_a_warning_when_it_is_asked_for_at_each_position_then_it_is_as_it_was() {
        assertThat(at(W1, 4)).isNull();
        assertThat(then(W1, 5).path("status").asString()).isEqualTo("UNSIGNED");
        assertThat(then(W1, 5).path("deadlines").path("feedback").asString())
                .isEqualTo(Alarms.at(14_421).toString());
        assertThat(then(W1, 6).path("status").asString()).isEqualTo("SIGNED");
        assertThat(then(W1, 9).path("level").asString()).isEqualTo("ORANGE");
        assertThat(then(W1, 9).path("deadlines").path("feedback").asString())
                .isEqualTo(Alarms.at(3_910).toString());
        assertThat(then(W1, 10).path("reached").asString()).isEqualTo("PROVINCE");
        assertThat(then(W1, 12).path("status").asString()).isEqualTo("HANDLING");
        assertThat(then(W1, 13).path("answers").toString()).isEqualTo("[\"RETURNED\",\"PENDING\"]");
        assertThat(then(W1, 14).path("status").asString()).isEqualTo("TO_VERIFY");
        assertThat(then(W1, 19).path("status").asString()).isEqualTo("CLOSED");
    }

    @Test
    void given_a_closed_warning_when_it_is_asked_for_then_what_was_last_known_of_it_stays() {
        History history = at(W1, 19);

        assertThat(history).isNotNull();
        assertThat(history.then()).isEqualTo(history.now());
        assertThat(history.since()).isEmpty();
        assertThat(history.now().state().path("reached").asString()).isEqualTo("PROVINCE");
        assertThat(history.now().state().path("demand").asInt()).isEqualTo(2);
    }

    @Test
    void given_changes_when_they_are_told_then_each_says_who_changed_what_from_what_to_what() {
        History history = at(W1, 6);

        assertThat(history).isNotNull();
        assertThat(history.then().position()).isEqualTo(6);
        History.Change signed = history.changes().items().getFirst();
        assertThat(signed.event()).isEqualTo("WarningSigned");
        assertThat(signed.actor()).isEqualTo("account/zhao");
        assertThat(signed.at()).isEqualTo(Alarms.at(300));
        assertThat(signed.fields()).singleElement().satisfies(change -> {
            assertThat(change.field()).isEqualTo("status");
            assertThat(change.from().asString()).isEqualTo("UNSIGNED");
            assertThat(change.to().asString()).isEqualTo("SIGNED");
        });
        assertThat(history.changes().items())
                .extracting(History.Change::event)
                .containsExactly("WarningSigned", "WarningIssued");
        assertThat(history.since())
                .extracting(FieldChange::field)
                .contains("status", "level", "answers", "deadlines", "reached");
    }

    @Test
    void given_many_changes_when_few_are_asked_for_then_the_others_follow_by_the_cursor() {
        History first = at(W1, 19, Long.MAX_VALUE, 3);
        assertThat(first).isNotNull();
        assertThat(first.changes().items())
                .extracting(History.Change::event)
                .containsExactly("WarningClosed", "WarningVerified", "FeedbackAccepted");
        assertThat(first.changes().next()).isNotNull();

        History second = at(W1, 19, 14, 3);
        assertThat(second).isNotNull();
        assertThat(second.then()).isEqualTo(first.then());
        assertThat(second.changes().items())
                .extracting(History.Change::event)
                .containsExactly("FeedbackSubmitted", "FeedbackReturned", "FeedbackSubmitted");
    }

    @Test
    void given_an_alarm_when_it_is_asked_for_then_it_is_that_one_of_its_point() {
        assertThat(at(PUMP, 2)).isNull();
        assertThat(then(PUMP, 3).path("open").asBoolean()).isTrue();
        assertThat(then(PUMP, 3).path("limit").asString()).isEqualTo("LL");
        assertThat(then(PUMP, 3).path("returnedAt").isNull()).isTrue();
        assertThat(then(PUMP, 15).path("returnedAt").asString())
                .isEqualTo(Alarms.at(4_500).toString());
        assertThat(then(PUMP, 16).path("open").asBoolean()).isFalse();
        assertThat(then(PUMP, 16).path("byItself").asBoolean()).isFalse();
        assertThat(then(PUMP, 16).path("limit").asString()).isEqualTo("LL");
    }

    @Test
    void given_a_device_an_enterprise_and_its_risk_when_they_are_asked_for_then_their_fields_are_there() {
        JsonNode device = then(new Subject(SubjectType.DEVICE, Alarms.DEVICE), 2);
        assertThat(device.path("name").asString()).isEqualTo("1号高炉");
        assertThat(device.path("points").size()).isEqualTo(1);
        JsonNode enterprise = then(new Subject(SubjectType.ENTERPRISE, Alarms.ENTERPRISE), 1);
        assertThat(enterprise.path("region").asString()).isEqualTo("370211");
        JsonNode risk = then(new Subject(SubjectType.RISK, Alarms.ENTERPRISE), 8);
        assertThat(risk.path("last").path("level").asString()).isEqualTo("ORANGE");
        assertThat(risk.path("open").size()).isEqualTo(2);
    }

    @Test
    void given_ropes_that_nothing_decides_on_when_one_is_asked_for_then_nobody_makes_one_up() {
        assertThat(new Strands(DECIDERS).of(new Subject(SubjectType.ROPE, "GT3702110001-R1")))
                .isEmpty();
    }
}
