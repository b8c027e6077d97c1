package io.forgewatch.command.warning;

import static io.forgewatch.command.warning.Warnings.RULES;
import static io.forgewatch.command.warning.Warnings.assessed;
import static io.forgewatch.command.warning.Warnings.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A works whose alarms come in storms (dossier §5 "Floods"). */
class FloodTest {

    private final Warning warning = new Warning(Catalogue.standard(), RULES);
    private final WhenWarningIssuedThenWatchDeadlines dates = new WhenWarningIssuedThenWatchDeadlines(RULES);
    private final TreeSet<Instant> looks = new TreeSet<>();
    private final List<DomainEvent> pushed = new ArrayList<>();
    private WarningState state = warning.initial("");

    private void happened(DomainEvent event) {
        state = warning.evolve(state, event);
    }

    private void considered(Instant at) {
        Decision decision = warning.decide(state, new ConsiderWarning(new EnterpriseId(Alarms.ENTERPRISE), at));
        for (DomainEvent event : ((Decision.Accepted) decision).events()) {
            happened(event);
            pushed.add(event);
            dates.due(new RecordedEvent(1, new UUID(0, 1), at, Actor.system("test"), event)).stream()
                    .filter(date -> date.command() instanceof ConsiderWarning)
                    .forEach(date -> looks.add(date.at()));
        }
    }

    /** Each alarm is assessed and considered at once, and the warning whenever a date for it has come. */
    private void storm(int alarms, Duration every) {
        Instant at = minute(0);
        for (int number = 0; number < alarms; number++) {
            Instant now = at.plus(every.multipliedBy(number));
            while (!looks.isEmpty() && !looks.first().isAfter(now)) {
                considered(looks.pollFirst());
            }
            happened(Alarms.raised("X_" + number, Limit.LL, Severity.A, Duration.between(minute(0), now)));
            happened(assessed(
                    number == 0 ? RiskLevel.YELLOW : RiskLevel.RED,
                    Duration.between(at, now).toMillis() / 60_000.0));
            considered(now);
        }
        while (!looks.isEmpty()) {
            considered(looks.pollFirst());
        }
    }

    private static int told(DomainEvent event) {
        return event instanceof WarningSegmentAdded added ? added.alarmCount() : ((WarningIssued) event).alarmCount();
    }

    private static List<String> named(DomainEvent event) {
        return event instanceof WarningSegmentAdded added ? added.alarms() : ((WarningIssued) event).alarms();
    }

    @Test
    void givenAThousandAlarmsAtOnceThenTheyAreAFewSegmentsOfBoundedSizeThatCountEachOnce() {
        storm(1_000, Duration.ofMillis(1));

        assertThat(pushed).hasSizeBetween(3, 6);
        assertThat(pushed).allSatisfy(event -> {
            assertThat(named(event)).hasSizeLessThanOrEqualTo(Issuing.MOST_NAMED);
            assertThat(EventJson.payload(event)).hasSizeLessThan(8_192);
        });
        assertThat(pushed.stream().mapToInt(FloodTest::told).sum()).isEqualTo(1_000);
        assertThat(((WarningSegmentAdded) pushed.getLast()).openCount()).isEqualTo(1_000);
    }

    @Test
    void givenAStormOfAMinuteThenThereAreAtMostFortyAndNothingIsLeftUntold() {
        storm(6_000, Duration.ofMillis(10));

        assertThat(pushed).hasSizeLessThanOrEqualTo(40);
        assertThat(pushed.stream().mapToInt(FloodTest::told).sum()).isEqualTo(6_000);
        assertThat(state.news(RULES.pace().again())).isEmpty();
    }

    @Test
    void givenAFirstAlarmThenItIsToldAtOnceAndARiseDoesNotWait() {
        storm(2, Duration.ofMillis(100));

        assertThat(pushed).hasSize(2);
        assertThat(((WarningSegmentAdded) pushed.getLast()).at())
                .isEqualTo(minute(0).plusMillis(100));
    }

    @Test
    void givenAFurtherAlarmWithinHalfASecondThenItIsToldWhenThatIsOver() {
        AlarmRaised first = Alarms.raised("X_1", Limit.LL, Severity.A, Duration.ZERO);
        AlarmRaised second = Alarms.raised("X_2", Limit.LL, Severity.A, Duration.ofMillis(100));
        happened(first);
        happened(assessed(RiskLevel.RED, 0));
        considered(minute(0));
        happened(second);
        considered(minute(0).plusMillis(110));
        assertThat(pushed).hasSize(1);

        considered(looks.first());

        assertThat(pushed).hasSize(2);
        assertThat(named(pushed.getLast())).containsExactly(second.alarmId());
    }

    @Test
    void givenAClockThatWasSetBackThenNothingIsHeldUp() {
        happened(Alarms.raised("X_1", Limit.LL, Severity.A, Duration.ZERO));
        happened(assessed(RiskLevel.RED, 0));
        considered(minute(60));
        happened(Alarms.raised("X_2", Limit.LL, Severity.A, Duration.ofMinutes(1)));

        considered(minute(1));

        assertThat(pushed).hasSize(2);
    }
}
