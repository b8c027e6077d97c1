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
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import java.util.ArrayList;
import java.util.List;
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
            returned.and(settled(0, 360)).when(settled(0, 390)).thenNothing();
            returned.when(clear).then(new AlarmCleared(id(0).toString(), "li", "c", "m", at(5_000)));
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
            if (alarm.decide(state, command) instanceof io.forgewatch.command.decision.Decision.Accepted accepted) {
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
