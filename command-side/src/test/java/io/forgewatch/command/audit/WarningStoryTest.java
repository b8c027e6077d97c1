package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.audit.Story.Phase;
import io.forgewatch.command.audit.Story.PhaseName;
import io.forgewatch.command.audit.Story.Step;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A warning's story from nothing but the events. */
class WarningStoryTest {

    private static final Instant LATER = at(10_000);

    private static Story story(List<Traced> events, Instant now) {
        return WarningStory.of(Past.W1, events, true, now).orElseThrow();
    }

    private static Phase phase(Story story, PhaseName name) {
        return story.phases().stream()
                .filter(phase -> phase.name() == name)
                .findFirst()
                .orElseThrow();
    }

    private static Phase phase(Story story, PhaseName name, int demand) {
        return story.phases().stream()
                .filter(phase -> phase.name() == name && Integer.valueOf(demand).equals(phase.demand()))
                .findFirst()
                .orElseThrow();
    }

    private static Step step(Story story, StepKind kind) {
        return story.steps().stream()
                .filter(step -> step.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void given_a_failing_pump_when_its_warning_is_told_then_every_step_is_there_in_order() {
        Story story = story(Past.all(), LATER);

        assertThat(story.status()).isEqualTo(WarningStatus.CLOSED);
        assertThat(story.onset()).isEqualTo(START);
        assertThat(story.steps())
                .extracting(Step::kind)
                .containsExactly(
                        StepKind.OTHER,
                        StepKind.THRESHOLD,
                        StepKind.READINGS,
                        StepKind.ALARM_RAISED,
                        StepKind.RISK,
                        StepKind.WARNING_ISSUED,
                        StepKind.READINGS,
                        StepKind.SIGNATURE,
                        StepKind.ALARM_RAISED,
                        StepKind.RISK,
                        StepKind.SEGMENT,
                        StepKind.ESCALATION,
                        StepKind.FEEDBACK,
                        StepKind.FEEDBACK_RETURNED,
                        StepKind.FEEDBACK,
                        StepKind.FEEDBACK_ACCEPTED,
                        StepKind.ALARM_RETURNED,
                        StepKind.ALARM_CLEARED,
                        StepKind.VERIFICATION,
                        StepKind.RISK,
                        StepKind.CLOSING);
        assertThat(story.steps()).allSatisfy(step -> {
            assertThat(step.text().zh()).isNotBlank();
            assertThat(step.text().en()).isNotBlank();
        });
    }

    @Test
    void given_the_readings_when_they_are_told_then_the_limits_in_force_and_what_set_them_stand_before() {
        Story story = story(Past.all(), LATER);

        Step threshold = step(story, StepKind.THRESHOLD);
        assertThat(threshold.position()).isEqualTo(2);
        assertThat(threshold.actor()).isEqualTo("account/works");
        assertThat(threshold.sinceOnsetMillis()).isNull();
        assertThat(threshold.details().path("version").asInt()).isEqualTo(1);
        assertThat(threshold.details().path("limits").path("ll").asDouble()).isEqualTo(0.2);
        Step readings = step(story, StepKind.READINGS);
        assertThat(readings.position()).isNull();
        assertThat(readings.at()).isEqualTo(START);
        assertThat(readings.sinceOnsetMillis()).isZero();
        assertThat(readings.details().path("readings").size()).isEqualTo(3);
        assertThat(readings.text().en())
                .isEqualTo("cooling water main pressure read 0.19 MPa, beyond the low-low limit 0.2 MPa");
        assertThat(readings.text().zh()).isEqualTo("冷却水总管压力 读数 0.19 MPa，越过低低限 0.2 MPa");
    }

    @Test
    void given_causes_when_they_are_told_then_delays_are_since_the_step_before_the_onset_and_the_cause() {
        Story story = story(Past.all(), LATER);

        Step risk = step(story, StepKind.RISK);
        assertThat(risk.cause()).isEqualTo(3);
        assertThat(risk.sinceCauseMillis()).isEqualTo(200);
        assertThat(risk.sincePreviousMillis()).isEqualTo(200);
        assertThat(risk.sinceOnsetMillis()).isEqualTo(21_700);
        assertThat(risk.details().path("contributions").path("equipment").asDouble())
                .isEqualTo(40);
        Step closing = step(story, StepKind.CLOSING);
        assertThat(closing.cause()).isEqualTo(18);
        assertThat(closing.sinceOnsetMillis()).isEqualTo(5_600_100);
        assertThat(story.steps().getFirst().sincePreviousMillis()).isNull();
    }

    @Test
    void given_deadlines_when_they_are_met_or_missed_then_the_phases_say_so() {
        Story story = story(Past.all(), LATER);

        assertThat(phase(story, PhaseName.BREACH_TO_ALARM).millis()).isEqualTo(21_500);
        assertThat(phase(story, PhaseName.ALARM_TO_RISK).millis()).isEqualTo(200);
        assertThat(phase(story, PhaseName.RISK_TO_WARNING).millis()).isEqualTo(300);
        Phase signature = phase(story, PhaseName.WARNING_TO_SIGNATURE);
        assertThat(signature.millis()).isEqualTo(278_000);
        assertThat(signature.deadline()).isEqualTo(at(1_821));
        assertThat(signature.met()).isTrue();
        Phase feedback = phase(story, PhaseName.WARNING_TO_FEEDBACK, 2);
        assertThat(feedback.from()).isEqualTo(at(312));
        assertThat(feedback.until()).as("the first answer was sent back").isEqualTo(at(4_300));
        assertThat(feedback.deadline()).as("the rise brought it nearer").isEqualTo(at(3_910));
        assertThat(feedback.met()).isFalse();
        assertThat(phase(story, PhaseName.WARNING_TO_FEEDBACK, 1).met()).isTrue();
        Phase resolution = phase(story, PhaseName.WARNING_TO_RESOLUTION, 2);
        assertThat(resolution.until()).as("it was accepted").isEqualTo(at(4_400));
        assertThat(resolution.met()).isTrue();
        Phase closing = phase(story, PhaseName.WARNING_TO_CLOSING);
        assertThat(closing.millis()).isEqualTo(5_578_100);
        assertThat(closing.deadline()).isNull();
        assertThat(closing.met()).isNull();
    }

    @Test
    void given_a_missed_deadline_when_a_newer_demand_states_a_later_one_then_it_stays_missed() {
        List<Traced> events = List.of(
                Past.recorded(1, 21, Actor.system("test"), null, segmentOf(1, 21)),
                Past.recorded(2, 5_000, Actor.system("test"), null, segmentOf(2, 5_000)),
                Past.recorded(3, 5_100, Actor.system("test"), null, new WarningSigned(Past.W1, "zhao", at(5_100))));

        Story story = story(events, LATER);

        assertThat(phase(story, PhaseName.WARNING_TO_SIGNATURE, 1).until()).isEqualTo(at(5_100));
        assertThat(phase(story, PhaseName.WARNING_TO_SIGNATURE, 1).met()).isFalse();
        assertThat(phase(story, PhaseName.WARNING_TO_SIGNATURE, 2).met()).isTrue();
    }

    private static DomainEvent segmentOf(int demand, long seconds) {
        Deadlines deadlines = new Deadlines(at(seconds + 600), at(seconds + 1_800), at(seconds + 7_200), null);
        Demand asked = new Demand(demand, RiskLevel.YELLOW, deadlines);
        return demand == 1
                ? new WarningIssued(
                        Past.W1, RiskLevel.YELLOW, 40, Past.MESSAGE, List.of(), 0, 0, asked, at(seconds), at(seconds))
                : new WarningSegmentAdded(
                        Past.W1,
                        RiskLevel.YELLOW,
                        40,
                        Past.MESSAGE,
                        List.of(),
                        0,
                        0,
                        asked,
                        null,
                        at(seconds),
                        at(seconds));
    }

    @Test
    void given_a_warning_that_nobody_signed_when_it_is_told_then_what_is_open_has_no_end() {
        List<Traced> events = Past.all().subList(0, 5);

        Phase before = phase(story(events, at(100)), PhaseName.WARNING_TO_SIGNATURE);
        Phase after = phase(story(events, at(1_822)), PhaseName.WARNING_TO_SIGNATURE);

        assertThat(before.until()).isNull();
        assertThat(before.millis()).isNull();
        assertThat(before.met()).isNull();
        assertThat(after.met()).isFalse();
        assertThat(story(events, at(100)).status()).isEqualTo(WarningStatus.UNSIGNED);
    }

    @Test
    void given_the_same_events_in_any_order_and_twice_when_they_are_told_then_the_story_is_the_same() {
        List<Traced> shuffled = new ArrayList<>(Past.all());
        shuffled.addAll(Past.all());
        Collections.shuffle(shuffled, new Random(4));

        assertThat(story(shuffled, LATER)).isEqualTo(story(Past.all(), LATER));
    }

    @Test
    void given_only_the_warnings_own_events_when_they_are_told_then_there_is_a_story_without_an_onset() {
        List<Traced> own = Past.all().stream()
                .filter(traced -> traced.recorded().event().subject().id().equals(Past.W1))
                .toList();

        Story story = story(own, LATER);

        assertThat(story.onset()).isNull();
        assertThat(story.steps()).hasSize(own.size()).allMatch(step -> step.sinceOnsetMillis() == null);
        assertThat(story.phases())
                .extracting(Phase::name)
                .doesNotContain(PhaseName.BREACH_TO_ALARM, PhaseName.RISK_TO_WARNING)
                .contains(PhaseName.WARNING_TO_CLOSING);
    }

    @Test
    void given_no_issue_when_a_story_is_asked_for_then_there_is_none() {
        Predicate<Traced> issue = traced -> traced.position() == 5;
        assertThat(WarningStory.of(
                        Past.W1, Past.all().stream().filter(issue.negate()).toList(), true, LATER))
                .isEmpty();
        assertThat(WarningStory.of("GT3702110001-W2", Past.all(), true, LATER)).isEmpty();
    }
}
