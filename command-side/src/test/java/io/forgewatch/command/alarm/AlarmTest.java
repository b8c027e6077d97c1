package io.forgewatch.command.alarm;

import static io.forgewatch.command.alarm.Alarms.at;
import static io.forgewatch.command.alarm.Alarms.back;
import static io.forgewatch.command.alarm.Alarms.breach;
import static io.forgewatch.command.alarm.Alarms.id;
import static io.forgewatch.command.alarm.Alarms.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearReturnedAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static Given<PointAlarms, AlarmCommand> given() {
        return Given.nothing(new Alarm(Catalogue.standard()));
    }

    @Test
    void givenNothingWhenALimitIsBrokenThenAnAlarmIsRaised() {
        AlarmRaised raised = given().when(breach(Limit.L, Severity.A, 0)).only(AlarmRaised.class);

        assertThat(raised.alarmId()).isEqualTo(id(0).toString());
        assertThat(raised.onset()).isEqualTo(at(0));
        assertThat(raised.raisedAt()).isEqualTo(at(1));
        assertThat(raised.continues()).isNull();
        assertThat(raised.occurrences24h()).isEqualTo(1);
        assertThat(raised.readings()).hasSize(1);
    }

    @Test
    void givenAnOpenAlarmWhenTheSameIsToldAgainThenNothing() {
        given().and(breach(Limit.L, Severity.A, 0))
                .when(breach(Limit.L, Severity.A, 0, 31))
                .thenNothing();
    }

    @Test
    void givenAnAlarmAtLWhenLlIsBrokenThenTheSameIsUpgraded() {
        AlarmUpgraded upgraded = given().and(breach(Limit.L, Severity.A, 0))
                .when(breach(Limit.LL, Severity.A, 20))
                .only(AlarmUpgraded.class);

        assertThat(upgraded.alarmId()).isEqualTo(id(0).toString());
        assertThat(upgraded.limit()).isEqualTo(Limit.LL);
    }

    @Test
    void givenAnAlarmAtLlWhenTheValueIsOnlyBeyondLThenNothing() {
        given().and(breach(Limit.LL, Severity.A, 0))
                .when(breach(Limit.L, Severity.A, 40))
                .thenNothing();
    }

    @Test
    void givenAnAlarmWhenTheValueIsBackThenItReturned() {
        given().and(breach(Limit.LL, Severity.A, 0))
                .when(back(0, 60))
                .then(new AlarmReturned(id(0).toString(), 0.35, at(60)));
    }

    @Test
    void givenNoAlarmWhenTheValueIsBackThenNothing() {
        given().when(back(0, 60)).thenNothing();
    }

    @Test
    void givenAReturnedAlarmWhenBrokenAgainThenTheSameGoesOnAndCountsItsTimeInBreach() {
        given().and(breach(Limit.L, Severity.A, 0))
                .and(back(0, 60))
                .when(breach(Limit.L, Severity.A, 90))
                .then(new AlarmBreachedAgain(id(0).toString(), Limit.L, 0.29, 60_000, at(91)));
    }

    @Test
    void givenAReturnedAlarmAtLWhenLlIsBrokenThenItGoesOnAndIsUpgraded() {
        assertThat(given().and(breach(Limit.L, Severity.A, 0))
                        .and(back(0, 60))
                        .when(breach(Limit.LL, Severity.A, 90))
                        .events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("AlarmBreachedAgain", "AlarmUpgraded");
    }

    @Test
    void givenAReturnedAlarmWhenAnOldSignalComesLateThenNothing() {
        Given<PointAlarms, AlarmCommand> returned =
                given().and(breach(Limit.L, Severity.A, 0)).and(back(0, 60));

        returned.when(breach(Limit.L, Severity.A, 0)).thenNothing();
        returned.and(breach(Limit.L, Severity.A, 90)).when(back(0, 60)).thenNothing();
    }

    @Test
    void givenAnAlarmWhenAcknowledgedThenOnce() {
        AcknowledgeAlarm acknowledge = new AcknowledgeAlarm(id(0), "li", at(30));
        Given<PointAlarms, AlarmCommand> open = given().and(breach(Limit.L, Severity.A, 0));

        open.when(acknowledge).then(new AlarmAcknowledged(id(0).toString(), "li", at(30)));
        open.and(acknowledge).when(acknowledge).thenNothing();
    }

    @Test
    void givenAReturnedAlarmWhenAcknowledgedThenNothing() {
        given().and(breach(Limit.L, Severity.A, 0))
                .and(back(0, 60))
                .when(new AcknowledgeAlarm(id(0), "li", at(70)))
                .thenNothing();
    }

    @Test
    void givenNoSuchAlarmWhenAcknowledgedOrClearedThenNotFound() {
        given().when(new AcknowledgeAlarm(id(0), "li", at(30))).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        given().and(breach(Limit.L, Severity.A, 0))
                .when(new ClearAlarm(id(5), "c", "m", "li", at(30)))
                .thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }

    @Test
    void givenAnAlarmInBreachWhenClearedThenRefused() {
        given().and(breach(Limit.L, Severity.B, 0))
                .when(new ClearAlarm(id(0), "c", "m", "li", at(100)))
                .thenRefused(Refusal.Kind.CONFLICT, "alarm-not-returned");
    }

    @Test
    void given_a_returned_alarm_at_ll_when_a_person_clears_it_then_only_once_it_settled_whatever_the_severity() {
        for (Severity severity : Severity.values()) {
            Given<PointAlarms, AlarmCommand> returned =
                    given().and(breach(Limit.LL, severity, 0)).and(back(0, 60));
            ClearAlarm clear = new ClearAlarm(id(0), "c", "m", "li", at(5_000));

            returned.when(clear).thenRefused(Refusal.Kind.CONFLICT, "alarm-not-settled");
            returned.when(settled(0, 360)).then(new AlarmSettled(id(0).toString(), at(360)));
            Given<PointAlarms, AlarmCommand> settled = returned.and(settled(0, 360));
            settled.when(settled(0, 390)).thenNothing();
            settled.when(clear).then(new AlarmCleared(id(0).toString(), "li", "c", "m", at(5_000)));
        }
    }

    @Test
    void givenAClearedAlarmWhenClearedOrAcknowledgedThenRefused() {
        Given<PointAlarms, AlarmCommand> cleared = given().and(breach(Limit.LL, Severity.B, 0))
                .and(settled(0, 120))
                .and(new ClearAlarm(id(0), "c", "m", "li", at(120)));

        cleared.when(new ClearAlarm(id(0), "c", "m", "li", at(130)))
                .thenRefused(Refusal.Kind.CONFLICT, "alarm-cleared");
        cleared.when(new AcknowledgeAlarm(id(0), "li", at(130))).thenRefused(Refusal.Kind.CONFLICT, "alarm-cleared");
    }

    @Test
    void given_a_returned_alarm_that_asks_no_person_when_it_settles_then_it_clears_by_itself() {
        for (Limit limit : List.of(Limit.RATE, Limit.L)) {
            given().and(breach(limit, Severity.A, 0))
                    .and(back(0, 60))
                    .when(settled(0, 360))
                    .then(new AlarmCleared(id(0).toString(), null, null, null, at(360)));
        }
    }

    @Test
    void given_a_returned_alarm_when_time_passes_then_nothing_clears_it() {
        given().and(breach(Limit.L, Severity.B, 0))
                .and(back(0, 60))
                .when(new ClearReturnedAlarm(id(0), at(90_000)))
                .thenNothing();
    }

    @Test
    void givenAnAlarmThatClearedByItselfWhenBrokenWithinFiveMinutesThenANewOneContinuesIt() {
        Given<PointAlarms, AlarmCommand> cleared =
                given().and(breach(Limit.L, Severity.B, 0)).and(back(0, 60)).and(settled(0, 120));

        AlarmRaised soon = cleared.when(breach(Limit.L, Severity.B, 419)).only(AlarmRaised.class);
        assertThat(soon.continues()).isEqualTo(id(0).toString());
        assertThat(soon.occurrences24h()).isEqualTo(2);
        AlarmRaised later = cleared.when(breach(Limit.L, Severity.B, 420)).only(AlarmRaised.class);
        assertThat(later.continues()).isNull();
    }

    @Test
    void givenAnAlarmThatAPersonClearedWhenBrokenAgainThenANewOneContinuesNothing() {
        AlarmRaised raised = given().and(breach(Limit.LL, Severity.B, 0))
                .and(settled(0, 120))
                .and(new ClearAlarm(id(0), "c", "m", "li", at(120)))
                .when(breach(Limit.L, Severity.B, 130))
                .only(AlarmRaised.class);

        assertThat(raised.continues()).isNull();
        assertThat(raised.alarmId()).isEqualTo(id(130).toString());
    }

    @Test
    void givenAClearedAlarmWhenItsOwnSignalComesAgainThenNothing() {
        given().and(breach(Limit.LL, Severity.B, 0))
                .and(back(0, 60))
                .and(settled(0, 120))
                .and(new ClearAlarm(id(0), "c", "m", "li", at(120)))
                .when(breach(Limit.L, Severity.B, 0, 31))
                .thenNothing();
    }

    @Test
    void givenAlarmsOfYesterdayWhenRaisedThenOnlyThoseWithin24HoursCount() {
        AlarmRaised raised = given().and(breach(Limit.L, Severity.B, 0))
                .and(back(0, 60))
                .and(settled(0, 120))
                .and(breach(Limit.L, Severity.B, 80_000))
                .and(back(80_000, 80_060))
                .and(settled(80_000, 80_120))
                .when(breach(Limit.L, Severity.B, 86_400))
                .only(AlarmRaised.class);

        assertThat(raised.occurrences24h()).isEqualTo(2);
    }

    @Test
    void givenCoAtHThenTheSeverityIsTheInnerOneAndRisesWithHh() {
        AlarmId co = new AlarmId("GT3702110001130001", "CO", Direction.HIGH, at(0).toEpochMilli());
        ReportBreach high = new ReportBreach(co, "13", "炉前", Limit.H, Severity.A, 30, 24.0, 1, "ppm", List.of(), at(1));
        ReportBreach highHigh =
                new ReportBreach(co, "13", "炉前", Limit.HH, Severity.A, 170, 160.0, 1, "ppm", List.of(), at(9));

        assertThat(given().when(high).only(AlarmRaised.class).severity()).isEqualTo(Severity.B);
        assertThat(given().and(high).when(highHigh).only(AlarmUpgraded.class).severity())
                .isEqualTo(Severity.A);
    }

    @Test
    void given_an_early_sign_when_a_limit_is_broken_then_the_same_alarm_rises_step_by_step_and_never_falls() {
        Given<PointAlarms, AlarmCommand> early = given().and(breach(Limit.RATE, Severity.A, 0));

        AlarmUpgraded inner = early.when(breach(Limit.L, Severity.A, 5)).only(AlarmUpgraded.class);
        assertThat(inner.alarmId()).isEqualTo(id(0).toString());
        assertThat(inner.limit()).isEqualTo(Limit.L);
        assertThat(early.when(breach(Limit.LL, Severity.A, 5))
                        .only(AlarmUpgraded.class)
                        .limit())
                .isEqualTo(Limit.LL);
        early.and(breach(Limit.L, Severity.A, 5))
                .when(breach(Limit.RATE, Severity.A, 9))
                .thenNothing();
    }

    @Test
    void given_an_alarm_whose_return_was_never_heard_when_it_settled_then_it_returned_and_may_be_cleared() {
        given().and(breach(Limit.LL, Severity.B, 0))
                .when(settled(0, 500))
                .then(new AlarmReturned(id(0).toString(), 0.35, at(500)), new AlarmSettled(id(0).toString(), at(500)));
        given().and(breach(Limit.L, Severity.B, 0))
                .when(settled(0, 500))
                .then(
                        new AlarmReturned(id(0).toString(), 0.35, at(500)),
                        new AlarmCleared(id(0).toString(), null, null, null, at(500)));
    }

    @Test
    void given_no_alarm_or_a_newer_breach_when_settled_is_said_then_nothing() {
        given().when(settled(0, 500)).thenNothing();
        given().and(breach(Limit.LL, Severity.A, 700)).when(settled(0, 500)).thenNothing();
        given().and(breach(Limit.LL, Severity.A, 0))
                .and(back(0, 60))
                .and(breach(Limit.LL, Severity.A, 90))
                .and(back(0, 600))
                .when(settled(0, 500))
                .thenNothing();
    }

    @Test
    void given_a_settled_alarm_when_broken_again_then_it_must_settle_anew() {
        Given<PointAlarms, AlarmCommand> again = given().and(breach(Limit.LL, Severity.A, 0))
                .and(settled(0, 400))
                .and(breach(Limit.LL, Severity.A, 500))
                .and(back(0, 600));

        again.when(new ClearAlarm(id(0), "c", "m", "li", at(5_000)))
                .thenRefused(Refusal.Kind.CONFLICT, "alarm-not-settled");
        again.when(settled(0, 900)).then(new AlarmSettled(id(0).toString(), at(900)));
    }

    @Test
    void
            given_an_alarm_when_a_return_is_said_of_another_onset_or_by_a_detection_that_lost_its_state_then_it_returned() {
        given().and(breach(Limit.LL, Severity.A, 0))
                .when(back(17, 60))
                .then(new AlarmReturned(id(0).toString(), 0.35, at(60)));
        given().and(breach(Limit.LL, Severity.A, 0))
                .and(back(0, 60))
                .when(breach(Limit.LL, Severity.A, 0, 90))
                .only(AlarmBreachedAgain.class);
    }

    @Test
    void given_an_interlock_when_it_settles_then_it_clears_by_itself_and_a_state_asks_a_person() {
        AlarmId ilk = new AlarmId("GT3702110001010001", "BF_RELIEF_ILK", Direction.STATE, at(0).toEpochMilli());
        for (Limit limit : List.of(Limit.INTERLOCK, Limit.STATE)) {
            ReportBreach broken =
                    new ReportBreach(ilk, "01", "炉前", limit, Severity.A, 0, null, 1, "0/1", List.of(), at(1));
            Class<?> end = given().and(broken)
                    .and(new AlarmCommand.ReportReturn(ilk, 1.0, at(60)))
                    .when(new AlarmCommand.ReportSettled(ilk, 1.0, at(400)))
                    .events()
                    .getFirst()
                    .getClass();
            assertThat(end).isEqualTo(limit == Limit.INTERLOCK ? AlarmCleared.class : AlarmSettled.class);
        }
    }

    @Test
    void given_a_gateway_that_is_not_heard_of_when_it_is_again_then_its_alarm_returns_and_clears_without_any_value() {
        AlarmId offline = new AlarmId("GT3702110001-G1", "_", Direction.OFFLINE, at(0).toEpochMilli());
        ReportBreach silent = new ReportBreach(
                offline,
                null,
                null,
                Limit.OFFLINE,
                Severity.C,
                null,
                null,
                0,
                null,
                List.of(),
                at(90),
                null,
                "GT3702110001-G1",
                List.of(),
                40);
        AlarmRaised raised = given().when(silent).only(AlarmRaised.class);
        assertThat(raised.deviceId()).isNull();
        assertThat(raised.indicator()).isNull();
        assertThat(raised.value()).isNull();
        assertThat(raised.pointCount()).isEqualTo(40);

        Given<PointAlarms, AlarmCommand> open = given().and(silent);
        open.when(new AlarmCommand.ReportReturn(offline, null, at(200)))
                .then(new AlarmReturned(offline.toString(), null, at(200)));
        open.and(new AlarmCommand.ReportReturn(offline, null, at(200)))
                .when(new AlarmCommand.ReportSettled(offline, null, at(260)))
                .then(new AlarmCleared(offline.toString(), null, null, null, at(260)));
    }

    @Test
    void given_a_fault_of_a_co_head_then_its_severity_is_the_one_said_and_not_that_of_its_limits() {
        AlarmId fault = new AlarmId("GT3702110001130001", "CO", Direction.QUALITY, at(0).toEpochMilli());
        ReportBreach coded = new ReportBreach(
                fault,
                "13",
                "炉前",
                Limit.FAULT,
                Severity.C,
                null,
                null,
                0,
                "ppm",
                List.of(),
                at(60),
                Fault.CODED,
                null,
                List.of(),
                0);

        AlarmRaised raised = given().when(coded).only(AlarmRaised.class);
        assertThat(raised.severity()).isEqualTo(Severity.C);
        assertThat(raised.fault()).isEqualTo(Fault.CODED);
        assertThat(raised.indicator()).isEqualTo("CO");
    }

    @Test
    void given_late_readings_in_breach_when_told_then_an_alarm_is_kept_that_is_never_the_open_one() {
        AlarmCommand late = new ReportLateBreach(breach(Limit.LL, Severity.A, 0, 9_000));
        AlarmRaised raised = given().when(late).only(AlarmRaised.class);
        assertThat(raised.late()).isTrue();
        assertThat(raised.alarmId()).isEqualTo(id(0).toString());

        given().and(late).when(late).thenNothing();
        assertThat(given().and(late).state().open()).isNull();
        AlarmRaised live =
                given().and(late).when(breach(Limit.LL, Severity.A, 9_100)).only(AlarmRaised.class);
        assertThat(live.late()).isFalse();
        assertThat(live.occurrences24h()).isEqualTo(1);
        given().and(late)
                .when(new AcknowledgeAlarm(id(0), "li", at(9_100)))
                .thenRefused(Refusal.Kind.CONFLICT, "alarm-cleared");
    }

    @Test
    void given_an_open_alarm_when_late_readings_are_told_then_it_stays_the_open_one() {
        Given<PointAlarms, AlarmCommand> both = given().and(breach(Limit.L, Severity.A, 100))
                .and(new ReportLateBreach(breach(Limit.LL, Severity.A, 0, 9_000)));

        assertThat(both.state().open()).isNotNull();
        assertThat(both.state().open().id()).isEqualTo(id(100));
        assertThat(both.state().open().limit()).isEqualTo(Limit.L);
    }

    @Test
    void
            given_an_alarm_that_was_ended_in_breach_when_its_point_is_still_in_breach_then_that_is_a_new_alarm_with_its_own_id() {
        Given<PointAlarms, AlarmCommand> ended = given().and(breach(Limit.LL, Severity.A, 0))
                .and(new AlarmEnded(id(0).toString(), AlarmEvent.EndReason.SENSOR_FAULT, "wang", at(100)));

        assertThat(ended.state().open()).isNull();
        ended.when(breach(Limit.LL, Severity.A, 0, 91)).thenNothing();
        AlarmRaised again = ended.when(breach(Limit.LL, Severity.A, 0, 121)).only(AlarmRaised.class);
        assertThat(again.alarmId()).isEqualTo(id(121).toString());
        assertThat(again.continues()).isNull();
        ended.when(new ClearAlarm(id(0), "c", "m", "li", at(130))).thenRefused(Refusal.Kind.CONFLICT, "alarm-cleared");
    }

    @Test
    void given_an_end_of_another_alarm_of_the_point_when_it_comes_late_then_the_open_one_stays() {
        assertThat(given().and(breach(Limit.LL, Severity.A, 500))
                        .and(new AlarmEnded(id(0).toString(), AlarmEvent.EndReason.POINT_REMOVED, "wang", at(600)))
                        .state()
                        .open())
                .isNotNull();
    }

    @Test
    void given_many_alarms_of_days_when_another_is_raised_then_only_those_of_a_day_are_remembered_by_time() {
        Given<PointAlarms, AlarmCommand> many = given();
        for (int hour = 0; hour < 60; hour++) {
            many = many.and(breach(Limit.L, Severity.B, hour * 3_600L)).and(settled(0, hour * 3_600L + 600));
        }

        assertThat(many.state().raised()).hasSize(24);
        assertThat(many.state().known()).hasSize(60);
    }

    @Test
    void given_an_alarm_of_days_when_it_is_over_then_what_was_raised_more_than_a_day_before_is_forgotten() {
        PointAlarms over = given().and(breach(Limit.L, Severity.B, 0))
                .and(back(0, 2 * 86_400L))
                .and(settled(0, 2 * 86_400L + 600))
                .state();

        assertThat(over.open()).isNull();
        assertThat(over.raised()).isEmpty();
        assertThat(over.known()).hasSize(1);
    }

    /** What detection says as it happens, word by word ten seconds apart. */
    private static AlarmCommand word(int kind, int number) {
        long said = 10L * (number + 1);
        return switch (kind) {
            case 0 -> breach(Limit.RATE, Severity.A, said - 1, said);
            case 1 -> breach(Limit.L, Severity.A, said - 1, said);
            case 2 -> breach(Limit.LL, Severity.A, said - 1, said);
            case 3 -> back(said - 1, said);
            default -> settled(said - 1, said);
        };
    }

    /** The loop: whatever was lost, repeated or overtaken, the last word said once more by a later time brings what it says. */
    @Property(tries = 1_000)
    void given_words_in_any_order_some_twice_and_some_lost_when_the_last_is_said_again_then_it_is_so(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 4) Integer> kinds, @ForAll long seed) {
        Random random = new Random(seed);
        List<AlarmCommand> heard = new ArrayList<>();
        for (int number = 0; number < kinds.size(); number++) {
            for (int times = random.nextInt(3); times > 0; times--) {
                heard.add(word(kinds.get(number), number));
            }
        }
        Collections.shuffle(heard, random);
        heard.add(word(kinds.getLast(), kinds.size() + 3));

        PointAlarms state = heardInTurn(heard);
        switch (heard.getLast()) {
            case ReportBreach breach -> {
                assertThat(state.open()).isNotNull();
                assertThat(state.open().returnedAt()).isNull();
                assertThat(breach.limit().above(state.open().limit())).isFalse();
            }
            case AlarmCommand.ReportReturn _ ->
                assertThat(state.open() == null || state.open().returnedAt() != null)
                        .isTrue();
            default ->
                assertThat(state.open() == null || state.open().settledAt() != null)
                        .isTrue();
        }
    }

    /** Nothing that was heard before changes what came after it. */
    @Property(tries = 1_000)
    void given_words_in_order_when_any_of_them_is_heard_again_then_nothing(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 4) Integer> kinds,
            @ForAll @IntRange(min = 0, max = 24) int which) {
        List<AlarmCommand> words = new ArrayList<>();
        for (int number = 0; number < kinds.size(); number++) {
            words.add(word(kinds.get(number), number));
        }

        PointAlarms state = heardInTurn(words);

        AlarmCommand old = words.get(which % words.size());
        assertThat(new Alarm(Catalogue.standard()).decide(state, old)).isEqualTo(Decision.nothing());
    }

    private static PointAlarms heardInTurn(List<AlarmCommand> words) {
        Alarm alarm = new Alarm(Catalogue.standard());
        PointAlarms state = PointAlarms.none();
        Set<String> raised = new HashSet<>();
        for (AlarmCommand word : words) {
            if (alarm.decide(state, word) instanceof Decision.Accepted accepted) {
                for (var event : accepted.events()) {
                    if (event instanceof AlarmRaised one) {
                        assertThat(state.open()).isNull();
                        assertThat(raised.add(one.alarmId()))
                                .as("an id of its own")
                                .isTrue();
                    }
                    state = alarm.evolve(state, event);
                }
            }
        }
        return state;
    }

    /** Any mix of breaches, returns and clearings, at rising times: never two open, and never a limit that is put back. */
    @Property(tries = 500)
    void givenAnySignalsThenAtMostOneIsOpenAndLimitsOnlyRise(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 4) Integer> steps) {
        Alarm alarm = new Alarm(Catalogue.standard());
        PointAlarms state = PointAlarms.none();
        List<String> open = new ArrayList<>();
        long second = 0;
        for (int step : steps) {
            second += 200;
            AlarmId known = state.open() == null ? id(second) : state.open().id();
            AlarmCommand command = switch (step) {
                case 0 -> breach(Limit.L, Severity.A, second);
                case 1 -> breach(Limit.LL, Severity.A, second);
                case 2 -> new AlarmCommand.ReportReturn(known, 0.35, at(second));
                case 3 -> new AlarmCommand.ReportSettled(known, 0.35, at(second));
                default -> new ClearAlarm(known, "c", "m", "li", at(second));
            };
            if (alarm.decide(state, command) instanceof Decision.Accepted accepted) {
                for (var event : accepted.events()) {
                    Limit before = state.open() == null ? null : state.open().limit();
                    state = alarm.evolve(state, event);
                    switch (event) {
                        case AlarmRaised raised -> open.add(raised.alarmId());
                        case AlarmCleared cleared -> open.remove(cleared.alarmId());
                        default -> {}
                    }
                    if (before == Limit.LL && state.open() != null) {
                        assertThat(state.open().limit()).isEqualTo(Limit.LL);
                    }
                }
            }
            assertThat(open).hasSizeLessThanOrEqualTo(1);
            assertThat(state.open() == null).isEqualTo(open.isEmpty());
        }
    }
}
