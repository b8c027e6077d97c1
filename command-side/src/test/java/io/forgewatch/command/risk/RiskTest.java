package io.forgewatch.command.risk;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.raised;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskEvent.Held;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RiskTest {

    private static final RiskModel MODEL = RiskModel.standard();
    private static final AlarmRaised LOW = raised("BF_CW_P", Limit.L, Severity.A, Duration.ZERO);
    private static final String ID = LOW.alarmId();

    private static Given<RiskState, RiskCommand> given() {
        return Given.nothing(new Risk(MODEL))
                .and(new EnterpriseRegistered(
                        ENTERPRISE, "示范钢铁", "370211", Industry.STEEL, RiskProfile.STEEL_LONG, null, START));
    }

    private static Instant minute(long minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    private static AssessRisk assess(long minutes) {
        return new AssessRisk(new EnterpriseId(ENTERPRISE), minute(minutes));
    }

    private static AlarmUpgraded upgraded(long minutes) {
        return new AlarmUpgraded(ID, Limit.LL, Severity.A, 0.19, 0.2, minute(minutes), List.of());
    }

    @Test
    void givenAnAlarmWhenAssessedThenIndexAndLevelAreTold() {
        RiskAssessed assessed = given().and(LOW).when(assess(0)).only(RiskAssessed.class);

        assertThat(assessed.index()).isEqualTo(25);
        assertThat(assessed.level()).isEqualTo(RiskLevel.BLUE);
        assertThat(assessed.contributions().alarms()).extracting("alarmId").containsExactly(ID);
        assertThat(assessed.contributions().data()).isNull();
        assertThat(assessed.modelVersion()).isEqualTo("1");
    }

    @Test
    void givenNothingNewWhenAssessedThenNothing() {
        given().when(assess(0)).thenNothing();
        given().and(LOW).and(assess(0)).when(assess(5)).thenNothing();
    }

    @Test
    void givenAnEnterpriseThatIsNotRegisteredWhenAssessedThenNothing() {
        Given.nothing(new Risk(MODEL)).and(LOW).when(assess(0)).thenNothing();
    }

    @Test
    void givenLBecomesLlWhenAssessedThenYellowAndAfterTenMinutesInBreachOrange() {
        Given<RiskState, RiskCommand> low = given().and(LOW).and(assess(0)).and(upgraded(1));

        RiskAssessed yellow = low.when(assess(1)).only(RiskAssessed.class);
        assertThat(yellow.index()).isEqualTo(40);
        assertThat(yellow.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(yellow.previousLevel()).isEqualTo(RiskLevel.BLUE);
        RiskAssessed orange = low.and(yellow).when(assess(10)).only(RiskAssessed.class);
        assertThat(orange.index()).isEqualTo(50);
        assertThat(orange.level()).isEqualTo(RiskLevel.ORANGE);
    }

    @Test
    void givenAGraveAlarmThatWasBackBeforeRiskWasLookedAtThenItIsSpokenOfOnceAndTheLevelFallsTenMinutesLater() {
        Given<RiskState, RiskCommand> unseen = given().and(LOW, upgraded(1), new AlarmReturned(ID, 0.35, minute(2)));

        RiskAssessed told = unseen.when(assess(3)).only(RiskAssessed.class);
        assertThat(told.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(told.override()).isEqualTo(RiskOverride.A_LIMIT);
        assertThat(unseen.and(told).when(assess(12)).only(RiskAssessed.class).level())
                .isEqualTo(RiskLevel.YELLOW);
        assertThat(unseen.and(told).when(assess(13)).only(RiskAssessed.class).level())
                .isEqualTo(RiskLevel.BLUE);
        assertThat(new WhenRiskFallsThenAssessAgain(MODEL).due(recorded(told)))
                .extracting(DueDate::at)
                .containsExactly(minute(13));
    }

    @Test
    void givenALevelThatTheIndexSaysWhenTheRuleOfTenMinutesBeginsToHoldThenThatIsNews() {
        AlarmRaised other = raised("BF_TUY_DF", Limit.HH, Severity.A, Duration.ofMinutes(5));
        Given<RiskState, RiskCommand> orange =
                given().and(LOW, upgraded(0), other).and(assess(9)).and(assess(10));

        assertThat(orange.state().last().rules())
                .containsExactly(new Held(RiskOverride.A_LIMIT_10_MINUTES, ID));
        assertThat(orange.when(assess(15)).only(RiskAssessed.class).rules())
                .extracting(Held::alarmId)
                .containsExactlyInAnyOrder(ID, other.alarmId());
    }

    @Test
    void givenABreachAgainThatWasOverBeforeRiskWasLookedAtThenItIsSpokenOf() {
        RiskAssessed told = given().and(LOW, upgraded(1))
                .and(assess(1))
                .and(new AlarmReturned(ID, 0.35, minute(5)))
                .and(assess(5))
                .and(assess(15))
                .and(
                        new AlarmBreachedAgain(ID, Limit.LL, 0.19, 240_000, minute(30)),
                        new AlarmReturned(ID, 0.35, minute(31)))
                .when(assess(31))
                .only(RiskAssessed.class);

        assertThat(told.level()).isEqualTo(RiskLevel.YELLOW);
    }

    @Test
    void givenAReturnedAlarmThenItCountsHalfAndTimeInBreachStandsStill() {
        RiskAssessed assessed = given().and(LOW, upgraded(1), new AlarmReturned(ID, 0.35, minute(5)))
                .when(assess(60))
                .only(RiskAssessed.class);

        assertThat(assessed.index()).isEqualTo(20);
    }

    @Test
    void givenAnAlarmBrokenAgainThenItsTimeInBreachGoesOnFromBefore() {
        Given<RiskState, RiskCommand> again = given().and(
                        LOW,
                        upgraded(1),
                        new AlarmReturned(ID, 0.35, minute(8)),
                        new AlarmBreachedAgain(ID, Limit.LL, 0.19, 480_000, minute(20)));

        assertThat(again.when(assess(21)).only(RiskAssessed.class).index()).isEqualTo(40);
        assertThat(again.when(assess(22)).only(RiskAssessed.class).index()).isEqualTo(50);
    }

    @Test
    void givenAFallenIndexThenTheLevelFallsOnlyAfterTenMinutesClearlyBelow() {
        Given<RiskState, RiskCommand> fallen = given().and(LOW, upgraded(1))
                .and(assess(1))
                .and(new AlarmReturned(ID, 0.35, minute(5)))
                .and(assess(5));

        fallen.when(assess(14)).thenNothing();
        RiskAssessed blue = fallen.when(assess(15)).only(RiskAssessed.class);
        assertThat(blue.level()).isEqualTo(RiskLevel.BLUE);
        assertThat(blue.previousLevel()).isEqualTo(RiskLevel.YELLOW);
        assertThat(blue.index()).isEqualTo(20);
    }

    @Test
    void givenAFallInTwoStepsThenEachLevelIsLeftTenMinutesAfterItsOwn() {
        AlarmRaised other = raised("BF_TUY_DF", Limit.HH, Severity.A, Duration.ZERO);
        Given<RiskState, RiskCommand> given = given().and(LOW, upgraded(0), other)
                .and(assess(10))
                .and(new AlarmReturned(ID, 0.35, minute(11)))
                .and(new AlarmReturned(other.alarmId(), 1.0, minute(11)))
                .and(assess(11))
                .and(new AlarmCleared(ID, "li", "c", "m", minute(16)))
                .and(new AlarmCleared(other.alarmId(), "li", "c", "m", minute(16)))
                .and(assess(16));

        RiskAssessed yellow = given.when(assess(21)).only(RiskAssessed.class);
        assertThat(yellow.level()).isEqualTo(RiskLevel.YELLOW);
        RiskAssessed blue = given.and(yellow).when(assess(26)).only(RiskAssessed.class);
        assertThat(blue.level()).isEqualTo(RiskLevel.BLUE);
    }

    @Test
    void givenAnIndexThatRisesAgainWithinTenMinutesThenTheLevelHolds() {
        given().and(LOW, upgraded(1))
                .and(assess(1))
                .and(new AlarmReturned(ID, 0.35, minute(5)))
                .and(assess(5))
                .and(new AlarmBreachedAgain(ID, Limit.LL, 0.19, 300_000, minute(9)))
                .and(assess(9))
                .and(new AlarmReturned(ID, 0.35, minute(10)))
                .and(assess(10))
                .when(assess(15))
                .thenNothing();
    }

    @Test
    void givenAnIndexBelowYellowAndTheRuleThenTheRuleIsNamed() {
        AlarmRaised co = new AlarmRaised(
                "GT3702110001130001.CO.HIGH." + START.toEpochMilli(),
                "GT3702110001130001",
                "13",
                "炉前",
                "CO",
                Direction.HIGH,
                Limit.HH,
                Severity.A,
                170,
                160.0,
                1,
                "ppm",
                START,
                START,
                List.of(),
                null,
                1);
        RiskAssessed assessed = Given.nothing(new Risk(MODEL))
                .and(new EnterpriseRegistered(
                        ENTERPRISE, "短流程", "370211", Industry.STEEL, RiskProfile.STEEL_SHORT, null, START))
                .and(co)
                .when(assess(0))
                .only(RiskAssessed.class);

        assertThat(assessed.index()).isEqualTo(28.8);
        assertThat(assessed.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(assessed.override()).isEqualTo(RiskOverride.A_LIMIT);
    }

    @Test
    void givenAMomentBeforeTheNewestEventWhenAssessedThenThatEventsMomentCounts() {
        RiskAssessed assessed = given().and(LOW, upgraded(3)).when(assess(1)).only(RiskAssessed.class);

        assertThat(assessed.at()).isEqualTo(minute(3));
    }

    @Test
    void givenAnAlarmThenItIsAssessedNowAndAt10And30And60MinutesInBreach() {
        WhenAlarmChangesThenAssessRisk automation = new WhenAlarmChangesThenAssessRisk(MODEL);

        assertThat(automation.then(recorded(LOW))).containsExactly(assess(0));
        assertThat(automation.due(recorded(LOW)))
                .extracting(DueDate::at)
                .containsExactly(minute(10), minute(30), minute(60));
        AlarmBreachedAgain again =
                new AlarmBreachedAgain(ID, Limit.L, 0.29, Duration.ofMinutes(12).toMillis(), minute(100));
        assertThat(automation.due(recorded(again))).extracting(DueDate::at).containsExactly(minute(118), minute(148));
        assertThat(automation.due(recorded(new AlarmReturned(ID, 0.35, minute(5)))))
                .isEmpty();
    }

    @Test
    void givenALevelHeldAboveItsIndexThenItIsAssessedAgainTenMinutesLater() {
        Given<RiskState, RiskCommand> given = given().and(LOW, upgraded(1)).and(assess(1));
        RiskAssessed high = given().and(LOW, upgraded(1)).when(assess(1)).only(RiskAssessed.class);
        RiskAssessed held = given.and(new AlarmReturned(ID, 0.35, minute(5)))
                .when(assess(5))
                .only(RiskAssessed.class);
        WhenRiskFallsThenAssessAgain automation = new WhenRiskFallsThenAssessAgain(MODEL);

        assertThat(automation.due(recorded(high))).isEmpty();
        assertThat(automation.due(recorded(held))).extracting(DueDate::command).containsExactly(assess(15));
    }

    private static Given<RiskState, RiskCommand> flooded(int alarms) {
        Given<RiskState, RiskCommand> flooded = given();
        for (int number = 0; number < alarms; number++) {
            flooded = flooded.and(raised("X_" + number, Limit.LL, Severity.A, Duration.ZERO));
        }
        return flooded.and(assess(0));
    }

    @Test
    void givenAnIndexAtItsUtmostAndMoreAlarmsThanAreToldWhenOneMoreComesThenThatIsNews() {
        Given<RiskState, RiskCommand> flooded = flooded(100).and(raised("Y", Limit.L, Severity.B, Duration.ZERO));

        RiskAssessed assessed = flooded.when(assess(1)).only(RiskAssessed.class);
        assertThat(assessed.index()).isEqualTo(100);
        assertThat(assessed.contributions().alarms()).hasSize(100);
        flooded.and(assess(1)).when(assess(2)).thenNothing();
    }

    @Test
    void givenOneThatIsClearedAndOneThatComesBetweenTwoLooksThenThatIsNews() {
        AlarmRaised first = raised("X_0", Limit.LL, Severity.A, Duration.ZERO);

        flooded(101)
                .and(new AlarmCleared(first.alarmId(), "li", "c", "m", minute(1)))
                .and(raised("Y", Limit.LL, Severity.A, Duration.ofMinutes(1)))
                .when(assess(1))
                .only(RiskAssessed.class);
    }

    @Test
    void givenABreachAgainAtTheUtmostThenThatIsNewsAndAReturnAloneIsNot() {
        AlarmRaised first = raised("X_0", Limit.LL, Severity.A, Duration.ZERO);
        Given<RiskState, RiskCommand> back = flooded(101).and(new AlarmReturned(first.alarmId(), 1.0, minute(1)));

        back.when(assess(1)).thenNothing();
        back.and(new AlarmBreachedAgain(first.alarmId(), Limit.LL, 0.1, 60_000, minute(2)))
                .when(assess(2))
                .only(RiskAssessed.class);
    }

    @Test
    void givenAnAlarmThatIsEndedThenItCountsNoMore() {
        RiskAssessed assessed = given().and(LOW)
                .and(assess(0))
                .and(new AlarmEnded(ID, EndReason.DEVICE_SCRAPPED, "qian", minute(1)))
                .when(assess(1))
                .only(RiskAssessed.class);

        assertThat(assessed.index()).isZero();
        assertThat(assessed.contributions().alarms()).isEmpty();
    }

    private static AlarmRaised other(
            String id, Direction direction, Limit limit, Severity severity, boolean late, @Nullable String gateway) {
        boolean device = !id.contains("-Z");
        return new AlarmRaised(
                id + "." + direction + "." + START.toEpochMilli(),
                device ? id.substring(0, 18) : null,
                device ? id.substring(12, 14) : null,
                null,
                null,
                direction,
                limit,
                severity,
                null,
                null,
                0,
                null,
                START,
                START,
                List.of(),
                null,
                1,
                late,
                direction == Direction.QUALITY ? Fault.SILENT : null,
                gateway,
                List.of(),
                0);
    }

    @Test
    void givenLateAlarmsAndThoseOfDataOnlyThenTheyCountForNothing() {
        given().and(other("GT3702110001010001.BF_CW_P", Direction.LOW, Limit.LL, Severity.A, true, null))
                .and(other("GT3702110001010001.BF_CW_P", Direction.QUALITY, Limit.FAULT, Severity.C, false, null))
                .and(other("GT3702110001010001._", Direction.OFFLINE, Limit.OFFLINE, Severity.C, false, null))
                .when(assess(0))
                .thenNothing();
    }

    @Test
    void givenTwoThatRunBlindBehindOneGatewayThenOnlyTheHeaviestCountsAndDoesNotGrow() {
        AlarmRaised furnace = other(
                "GT3702110001010001.RUNNING_BLIND",
                Direction.QUALITY,
                Limit.FAULT,
                Severity.A,
                false,
                ENTERPRISE + "-G1");
        AlarmRaised caster = other(
                "GT3702110001100001.RUNNING_BLIND",
                Direction.QUALITY,
                Limit.FAULT,
                Severity.A,
                false,
                ENTERPRISE + "-G1");
        AlarmRaised elsewhere = other(
                "GT3702110001100002.RUNNING_BLIND",
                Direction.QUALITY,
                Limit.FAULT,
                Severity.A,
                false,
                ENTERPRISE + "-G2");

        assertThat(given().and(furnace, caster)
                        .when(assess(120))
                        .only(RiskAssessed.class)
                        .index())
                .isEqualTo(25);
        assertThat(given().and(furnace, elsewhere)
                        .when(assess(0))
                        .only(RiskAssessed.class)
                        .index())
                .isEqualTo(29.5);
        assertThat(new WhenAlarmChangesThenAssessRisk(MODEL).due(recorded(furnace)))
                .isEmpty();
    }

    @Test
    void givenAnAlarmOfAnAreaThenItCountsInFullAndNoRuleHoldsOnIt() {
        RiskAssessed assessed = given().and(
                        other("GT3702110001-Z1._", Direction.AREA, Limit.AREA, Severity.A, false, null))
                .when(assess(0))
                .only(RiskAssessed.class);

        assertThat(assessed.index()).isEqualTo(40);
        assertThat(assessed.override()).isNull();
    }

    @Test
    void givenAVerdictOnARopeThenItDoesNotGrowAndIsNotOrangeAfterTenMinutes() {
        RiskAssessed assessed = given().and(
                        other("GT3702110001110001.ROPE", Direction.STATE, Limit.STATE, Severity.A, false, null))
                .when(assess(90))
                .only(RiskAssessed.class);

        assertThat(assessed.index()).isEqualTo(40);
        assertThat(assessed.level()).isEqualTo(RiskLevel.YELLOW);
    }

    @Test
    void givenAlarmsOfDataOnlyWhenTheyChangeThenNobodyLooksAndNoRowsAreEntered() {
        WhenAlarmChangesThenAssessRisk rule = new WhenAlarmChangesThenAssessRisk(MODEL);
        for (String data : List.of(
                "GT3702110001010001.BF_CW_P.QUALITY.5", "GT3702110001-G1._.OFFLINE.5", "GT3702110001._.QUALITY.5")) {
            assertThat(rule.then(recorded(new AlarmReturned(data, null, minute(1)))))
                    .isEmpty();
            assertThat(rule.then(recorded(new AlarmCleared(data, null, null, null, minute(1)))))
                    .isEmpty();
            AlarmBreachedAgain again = new AlarmBreachedAgain(data, Limit.FAULT, null, 0, minute(1));
            assertThat(rule.then(recorded(again))).isEmpty();
            assertThat(rule.due(recorded(again))).isEmpty();
        }
        String blind = "GT3702110001010001.RUNNING_BLIND.QUALITY.5";
        assertThat(rule.then(recorded(new AlarmReturned(blind, null, minute(1)))))
                .hasSize(1);
        assertThat(rule.then(recorded(new AlarmReturned(ID, null, minute(1))))).hasSize(1);
    }

    private static RecordedEvent recorded(DomainEvent event) {
        return new RecordedEvent(1, new UUID(0, 1), START, Actor.system("test"), event);
    }
}
