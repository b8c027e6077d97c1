package io.forgewatch.command.warning;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.warning.Warnings.ID;
import static io.forgewatch.command.warning.Warnings.PRESSURE;
import static io.forgewatch.command.warning.Warnings.TUYERE;
import static io.forgewatch.command.warning.Warnings.W1;
import static io.forgewatch.command.warning.Warnings.accepted;
import static io.forgewatch.command.warning.Warnings.again;
import static io.forgewatch.command.warning.Warnings.alarm;
import static io.forgewatch.command.warning.Warnings.assessed;
import static io.forgewatch.command.warning.Warnings.back;
import static io.forgewatch.command.warning.Warnings.close;
import static io.forgewatch.command.warning.Warnings.consider;
import static io.forgewatch.command.warning.Warnings.holding;
import static io.forgewatch.command.warning.Warnings.minute;
import static io.forgewatch.command.warning.Warnings.returned;
import static io.forgewatch.command.warning.Warnings.sign;
import static io.forgewatch.command.warning.Warnings.submitted;
import static io.forgewatch.command.warning.Warnings.verify;
import static io.forgewatch.command.warning.Warnings.warned;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.warning.WarningCommand.EscalateOverdue;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.event.warning.WarningStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which segments demand what, and what meets it (dossier §5 "Demands"). */
class DemandsTest {

    private static WarningSegmentAdded segment(Given<WarningState, WarningCommand> given, double minutes) {
        return given.when(consider(minutes)).only(WarningSegmentAdded.class);
    }

    private static @Nullable Demand demand(Given<WarningState, WarningCommand> given, double minutes) {
        return segment(given, minutes).demand();
    }

    private static WarningProgress progress(Given<WarningState, WarningCommand> given) {
        OpenWarning open = given.state().open();
        assertThat(open).isNotNull();
        return open.progress();
    }

    /** Signed, answered, accepted and verified, while the alarm lingers. */
    private static Given<WarningState, WarningCommand> met(RiskLevel level) {
        return warned(level).and(sign(5)).and(submitted(1, 1), accepted(1)).and(verify(true, 30));
    }

    @Test
    void givenAYellowOfThisMorningWhenItRisesToRedThenNoDeadlineToldIsOverAlready() {
        Demand red = demand(warned(RiskLevel.YELLOW).and(sign(5)).and(assessed(RiskLevel.RED, 360)), 360);

        assertThat(red)
                .isEqualTo(new Demand(
                        2, RiskLevel.RED, new Deadlines(minute(370), minute(390), minute(480), minute(360 + 1_440))));
    }

    @Test
    void givenSomethingStillOwedThatFallsDueSoonerWhenItRisesThenItStaysDueSooner() {
        Demand orange = demand(warned(RiskLevel.YELLOW).and(assessed(RiskLevel.ORANGE, 20)), 20);

        assertThat(orange.deadlines().sign()).isEqualTo(minute(30));
        assertThat(orange.deadlines().feedback()).isEqualTo(minute(80));
    }

    @Test
    void givenASegmentThatIsConsideredLateThenItsDeadlinesCountFromThen() {
        Demand red = demand(warned(RiskLevel.YELLOW).and(assessed(RiskLevel.RED, 20)), 45);

        assertThat(red.deadlines().sign()).isEqualTo(minute(55));
    }

    @Test
    void givenAnAnswerBeforeARiseWhenItIsAcceptedAfterwardsThenItSatisfiesNothing() {
        Given<WarningState, WarningCommand> risen = warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1, 1), assessed(RiskLevel.RED, 30))
                .and(consider(30))
                .and(accepted(1));

        assertThat(progress(risen).status()).isEqualTo(WarningStatus.UNSIGNED);
        assertThat(progress(risen.and(sign(31))).status()).isEqualTo(WarningStatus.SIGNED);
        risen.and(sign(31)).when(verify(true, 32)).thenRefused(Refusal.Kind.CONFLICT, "warning-not-to-verify");
        assertThat(progress(risen.and(sign(31)).and(submitted(2, 2), accepted(2)))
                        .status())
                .isEqualTo(WarningStatus.TO_VERIFY);
    }

    @Test
    void givenAnAnswerThatNamesAnOlderDemandThenItMeetsNothing() {
        Given<WarningState, WarningCommand> risen = warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(assessed(RiskLevel.RED, 30))
                .and(consider(30))
                .and(sign(31))
                .and(submitted(1, 1), accepted(1));

        assertThat(progress(risen).status()).isEqualTo(WarningStatus.SIGNED);
    }

    @Test
    void givenAMetRedWhenTheNextIncidentComesThenItIsSignedAnsweredAndVerifiedAnew() {
        Given<WarningState, WarningCommand> nextDay =
                met(RiskLevel.RED).and(alarm("BF_TUY_DF", Limit.HH, Severity.A, 1_500), assessed(RiskLevel.RED, 1_500));

        assertThat(demand(nextDay, 1_500))
                .isEqualTo(new Demand(
                        2,
                        RiskLevel.RED,
                        new Deadlines(minute(1_510), minute(1_530), minute(1_620), minute(1_500 + 1_440))));
        Given<WarningState, WarningCommand> asked = nextDay.and(consider(1_500));
        assertThat(progress(asked).status()).isEqualTo(WarningStatus.UNSIGNED);
        assertThat(progress(asked).isComplete()).isFalse();
    }

    @Test
    void givenABAlarmInsideAMetWarningThenItIsToldAndDemandsNothing() {
        WarningSegmentAdded added = segment(
                met(RiskLevel.RED).and(alarm("BF_TOP_T", Limit.H, Severity.B, 100), assessed(RiskLevel.RED, 100)), 100);

        assertThat(added.demand()).isNull();
        assertThat(added.demandsAt()).isNull();
        assertThat(added.alarmCount()).isEqualTo(1);
    }

    @Test
    void givenAnUpgradeAfterTheSignatureThenItDemands() {
        AlarmRaised low = alarm("BF_CW_F", Limit.L, Severity.A, 1);
        Given<WarningState, WarningCommand> given = warned(RiskLevel.YELLOW)
                .and(low, assessed(RiskLevel.YELLOW, 1))
                .and(consider(1))
                .and(sign(5))
                .and(new AlarmUpgraded(low.alarmId(), Limit.LL, Severity.A, 0.1, 0.2, minute(20), List.of()))
                .and(assessed(RiskLevel.YELLOW, 20));

        assertThat(demand(given, 20)).extracting(Demand::number).isEqualTo(2);
    }

    @Test
    void givenAnUpgradeBeforeTheFirstTellingThenItDemands() {
        AlarmRaised low = alarm("BF_TOP_T", Limit.H, Severity.B, 20);
        Given<WarningState, WarningCommand> given = warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(low, new AlarmUpgraded(low.alarmId(), Limit.HH, Severity.B, 0.1, 0.2, minute(20), List.of()))
                .and(assessed(RiskLevel.YELLOW, 20));

        assertThat(demand(given, 20)).extracting(Demand::number).isEqualTo(2);
    }

    @Test
    void givenADemandWhoseDateWasLostWhenItIsLookedWhetherAllIsDoneThenItIsMade() {
        Given<WarningState, WarningCommand> waiting = warned(RiskLevel.YELLOW)
                .and(sign(1))
                .and(TUYERE, assessed(RiskLevel.YELLOW, 2))
                .and(consider(2));

        waiting.when(close(9)).thenNothing();
        assertThat(waiting.when(close(10)).only(WarningSegmentAdded.class).demand())
                .extracting(Demand::number)
                .isEqualTo(2);
    }

    @Test
    void givenABreachAgainWhenTheValueHadBeenBackFiveMinutesThenItIsNewsAndDemands() {
        Given<WarningState, WarningCommand> signed = warned(RiskLevel.YELLOW).and(sign(5));

        assertThat(segment(signed.and(back(PRESSURE, 20), again(PRESSURE, 25), assessed(RiskLevel.YELLOW, 25)), 25)
                        .alarms())
                .containsExactly(PRESSURE.alarmId());
        assertThat(demand(signed.and(back(PRESSURE, 20), again(PRESSURE, 25)), 25))
                .isNotNull();
        signed.and(back(PRESSURE, 20), again(PRESSURE, 24.9), assessed(RiskLevel.YELLOW, 25))
                .when(consider(25))
                .thenNothing();
    }

    @Test
    void givenWhatCameBeforeTheSignatureThenItJoinsTheDemand() {
        Given<WarningState, WarningCommand> joined =
                warned(RiskLevel.YELLOW).and(TUYERE, assessed(RiskLevel.YELLOW, 12));

        assertThat(demand(joined, 12)).isNull();
        assertThat(segment(joined, 12).demandsAt()).isNull();
        joined.and(consider(12)).and(sign(13)).when(consider(30)).thenNothing();
    }

    @Test
    void givenADemandLessThanTenMinutesAgoThenWhatComesIsPushedAtOnceAndMakesOneAtTheirEnd() {
        Given<WarningState, WarningCommand> signed = warned(RiskLevel.YELLOW).and(sign(1));
        Given<WarningState, WarningCommand> told = signed.and(TUYERE, assessed(RiskLevel.YELLOW, 2));
        WarningSegmentAdded pushed = segment(told, 2);

        assertThat(pushed.demand()).isNull();
        assertThat(pushed.alarms()).containsExactly(TUYERE.alarmId());
        assertThat(pushed.demandsAt()).isEqualTo(minute(10));
        Given<WarningState, WarningCommand> waiting = told.and(consider(2));
        waiting.when(consider(9)).thenNothing();
        WarningSegmentAdded asked = segment(waiting, 10);
        assertThat(asked.demand()).extracting(Demand::number).isEqualTo(2);
        assertThat(asked.alarms()).containsExactly(TUYERE.alarmId());
        waiting.and(consider(10)).when(consider(11)).thenNothing();
    }

    @Test
    void givenADemandThatWaitsWhenTheRiskIsBlueByThenThenItIsMadeAllTheSameAndNothingCloses() {
        Given<WarningState, WarningCommand> waiting = warned(RiskLevel.YELLOW)
                .and(sign(1))
                .and(submitted(1, 1), TUYERE, assessed(RiskLevel.YELLOW, 2))
                .and(consider(2))
                .and(Warnings.cleared(PRESSURE), Warnings.cleared(TUYERE), assessed(RiskLevel.BLUE, 40));

        waiting.when(close(40)).only(WarningSegmentAdded.class);
        assertThat(demand(waiting, 40)).extracting(Demand::level).isEqualTo(RiskLevel.YELLOW);
        waiting.and(consider(40)).when(Warnings.close(41)).thenNothing();
    }

    @Test
    void givenADemandLessThanTenMinutesAgoWhenTheLevelRisesThenThereIsAnotherAtOnce() {
        assertThat(demand(warned(RiskLevel.YELLOW).and(sign(1)).and(assessed(RiskLevel.ORANGE, 2)), 2))
                .extracting(Demand::number)
                .isEqualTo(2);
    }

    @Test
    void givenARiseToALevelReachedBeforeThenItDemandsWhereTheLastMetDemandWasLower() {
        Given<WarningState, WarningCommand> given = met(RiskLevel.RED)
                .and(assessed(RiskLevel.YELLOW, 60))
                .and(consider(60))
                .and(alarm("BF_TUY_DF", Limit.HH, Severity.A, 70), assessed(RiskLevel.YELLOW, 70))
                .and(consider(70))
                .and(sign(71))
                .and(submitted(2, 2), assessed(RiskLevel.RED, 90));

        assertThat(demand(given, 90)).extracting(Demand::level).isEqualTo(RiskLevel.RED);
    }

    @Test
    void givenARiseUpToTheLevelOfTheLastMetDemandThenItIsToldAndDemandsNothing() {
        Given<WarningState, WarningCommand> given = met(RiskLevel.RED)
                .and(assessed(RiskLevel.YELLOW, 60))
                .and(consider(60))
                .and(assessed(RiskLevel.RED, 90));

        assertThat(demand(given, 90)).isNull();
    }

    @Test
    void givenARuleThatSetsTheLevelAfterTheSignatureThenItDemandsOnce() {
        Given<WarningState, WarningCommand> held = warned(RiskLevel.ORANGE)
                .and(sign(1))
                .and(assessed(RiskLevel.ORANGE, 20, null, 15))
                .and(assessed(RiskLevel.ORANGE, 40, RiskOverride.A_LIMIT_10_MINUTES, 20));

        assertThat(demand(held, 20)).isNotNull();
        Given<WarningState, WarningCommand> asked = held.and(consider(20)).and(sign(21));
        asked.and(assessed(RiskLevel.ORANGE, 20, null, 32))
                .and(assessed(RiskLevel.ORANGE, 40, RiskOverride.A_LIMIT_10_MINUTES, 35))
                .when(consider(35))
                .thenNothing();
    }

    @Test
    void givenAnIndexThatFallsAndLaysARuleBareThenThatIsNoNews() {
        Warnings.given()
                .and(PRESSURE, holding(RiskLevel.ORANGE, PRESSURE, 0))
                .and(consider(0))
                .and(sign(1))
                .and(assessed(RiskLevel.ORANGE, 45, RiskOverride.A_LIMIT_10_MINUTES, 20))
                .when(consider(20))
                .thenNothing();
    }

    @Test
    void givenALevelThatTheIndexSaysAlreadyWhenARuleBeginsToHoldThenItIsNewsAndDemandsOnceForEachAlarm() {
        Given<WarningState, WarningCommand> signed =
                warned(RiskLevel.ORANGE).and(TUYERE).and(consider(2)).and(sign(3));
        Given<WarningState, WarningCommand> held = signed.and(holding(RiskLevel.ORANGE, PRESSURE, 12));

        assertThat(demand(held, 12)).extracting(Demand::number).isEqualTo(2);
        Given<WarningState, WarningCommand> again = held.and(consider(12)).and(sign(13));
        again.and(holding(RiskLevel.ORANGE, PRESSURE, 30)).when(consider(30)).thenNothing();
        assertThat(demand(again.and(holding(RiskLevel.ORANGE, TUYERE, 30)), 30))
                .extracting(Demand::number)
                .isEqualTo(3);
    }

    @Test
    void givenAnUnverifiedOrangeWhenAYellowDemandContainsItThenVerificationIsStillAskedFor() {
        Given<WarningState, WarningCommand> given = warned(RiskLevel.ORANGE)
                .and(sign(1))
                .and(submitted(1, 1), accepted(1), assessed(RiskLevel.YELLOW, 20))
                .and(consider(20))
                .and(alarm("BF_TUY_DF", Limit.HH, Severity.A, 30), assessed(RiskLevel.YELLOW, 30));

        Demand yellow = demand(given, 30);
        assertThat(yellow.level()).isEqualTo(RiskLevel.ORANGE);
        assertThat(yellow.deadlines().feedback()).isEqualTo(minute(270));
        assertThat(yellow.deadlines().verify()).isEqualTo(minute(2_880));
        assertThat(progress(given.and(consider(30)).and(sign(31)).and(submitted(2, 2), accepted(2)))
                        .status())
                .isEqualTo(WarningStatus.TO_VERIFY);
    }

    @Test
    void givenSeveralAnswersThenTheStatusFollowsFromTheirVerdictsInWhicheverOrder() {
        Given<WarningState, WarningCommand> orange =
                warned(RiskLevel.ORANGE).and(sign(5)).and(submitted(1, 1), submitted(2, 1));
        Given<WarningState, WarningCommand> yellow =
                warned(RiskLevel.YELLOW).and(sign(5)).and(submitted(1, 1), submitted(2, 1));

        assertThat(progress(orange.and(accepted(2), returned(1))).status()).isEqualTo(WarningStatus.TO_VERIFY);
        assertThat(progress(orange.and(returned(1), accepted(2))).status()).isEqualTo(WarningStatus.TO_VERIFY);
        assertThat(progress(yellow.and(accepted(1), returned(2))).status()).isEqualTo(WarningStatus.ANSWERED);
        assertThat(progress(yellow.and(returned(2), accepted(1))).status()).isEqualTo(WarningStatus.ANSWERED);
        assertThat(progress(yellow).isComplete()).isTrue();
    }

    @Test
    void givenAllAnswersSentBackThenItIsHandledAgain() {
        assertThat(progress(warned(RiskLevel.YELLOW)
                                .and(sign(5))
                                .and(submitted(1, 1), submitted(2, 1), returned(1), returned(2)))
                        .status())
                .isEqualTo(WarningStatus.HANDLING);
    }

    @Test
    void givenAMetDemandWhenItsTimeComesThenNobodyIsToldThoughANewerOneIsOpen() {
        Given<WarningState, WarningCommand> given = warned(RiskLevel.RED)
                .and(sign(5))
                .and(submitted(1, 1))
                .and(alarm("BF_TUY_DF", Limit.HH, Severity.A, 25), assessed(RiskLevel.RED, 25))
                .and(consider(25));

        given.when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 1, minute(30)))
                .thenNothing();
        given.when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 2, minute(55)))
                .then(new WarningEscalated(W1, 2, DeadlineKind.FEEDBACK, "PROVINCE", minute(55)));
    }

    @Test
    void givenAnAnswerThatIsSentBackWhenTimesPassedMeanwhileThenTheyAreToldAtOnceAndOnlyOnce() {
        Given<WarningState, WarningCommand> answered =
                warned(RiskLevel.RED).and(sign(5)).and(submitted(1, 1));
        Given<WarningState, WarningCommand> back = answered.and(returned(1));

        answered.when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 1, minute(30)))
                .thenNothing();
        back.when(new EscalateOverdue(ID, minute(29))).thenNothing();
        back.when(new EscalateOverdue(ID, minute(61)))
                .then(
                        new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "PROVINCE", minute(61)),
                        new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "MINISTRY", minute(61)));
        back.and(new EscalateOverdue(ID, minute(61)))
                .when(new EscalateOverdue(ID, minute(62)))
                .thenNothing();
        back.when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.MINISTRY, 1, minute(60)))
                .then(new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "MINISTRY", minute(60)));
        Warnings.given().when(new EscalateOverdue(ID, minute(62))).thenNothing();
    }

    @Test
    void givenAFailedVerificationThenWhatIsOverdueIsTold() {
        warned(RiskLevel.ORANGE)
                .and(sign(5))
                .and(submitted(1, 1), accepted(1))
                .and(verify(false, 150))
                .when(new EscalateOverdue(ID, minute(150)))
                .then(new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "PROVINCE", minute(150)));
    }

    @Test
    void givenWhatSendsAnAnswerBackThenItIsLookedAtWhatIsOverdue() {
        WhenAnswerSentBackThenEscalate rule = new WhenAnswerSentBackThenEscalate();

        assertThat(rule.then(recorded(returned(1)))).containsExactly(new EscalateOverdue(ID, minute(25)));
        assertThat(rule.then(recorded(new WarningVerified(W1, false, "n", "qian", minute(30)))))
                .containsExactly(new EscalateOverdue(ID, minute(30)));
        assertThat(rule.then(recorded(new WarningVerified(W1, true, "n", "qian", minute(30)))))
                .isEmpty();
        assertThat(rule.then(recorded(accepted(1)))).isEmpty();
    }

    private static RecordedEvent recorded(DomainEvent event) {
        return new RecordedEvent(1, new UUID(0, 1), START, Actor.system("test"), event);
    }

    @Test
    void givenAnOlderDemandThatTheMinistryHeardOfThenTheNewestStillTellsItsTiers() {
        Given<WarningState, WarningCommand> given = warned(RiskLevel.RED)
                .and(sign(5))
                .and(alarm("BF_TUY_DF", Limit.HH, Severity.A, 50), assessed(RiskLevel.RED, 50))
                .and(consider(50))
                .and(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.MINISTRY, 1, minute(60)));

        given.when(new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, 2, minute(60)))
                .then(new WarningEscalated(W1, 2, DeadlineKind.SIGN, "CITY", minute(60)));
        given.when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.MINISTRY, 1, minute(61)))
                .thenNothing();
        Given<WarningState, WarningCommand> newest =
                given.and(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 2, minute(80)));
        newest.when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 1, minute(81)))
                .thenNothing();
    }

    @Test
    void givenARedThatIsAnsweredThenDisposalIsOwedUntilTheAnswerIsAccepted() {
        Given<WarningState, WarningCommand> red =
                warned(RiskLevel.RED).and(sign(5)).and(submitted(1, 1));

        assertThat(progress(red).owed(DeadlineKind.FEEDBACK)).isEmpty();
        assertThat(progress(red).owed(DeadlineKind.RESOLVE)).isPresent();
        assertThat(progress(red.and(accepted(1))).owed(DeadlineKind.RESOLVE)).isEmpty();
        assertThat(progress(warned(RiskLevel.YELLOW).and(sign(5)).and(submitted(1, 1)))
                        .owed(DeadlineKind.RESOLVE))
                .isEmpty();
    }

    @Test
    void givenAnIssueWithinAMinuteThenDeadlinesAndDatesAreOfAFullMinute() {
        Given<WarningState, WarningCommand> given = Warnings.given().and(PRESSURE, assessed(RiskLevel.RED, 0.5));
        WarningIssued issued = given.when(consider(0.5)).only(WarningIssued.class);

        assertThat(issued.demand().deadlines().sign()).isEqualTo(minute(11));
        assertThat(issued.message().zh()).contains("06:11 前签收");
        assertThat(new WhenWarningIssuedThenWatchDeadlines(Warnings.RULES)
                        .due(recorded(issued)).stream()
                                .filter(date -> date.command() instanceof EscalateWarning)
                                .map(DueDate::at))
                .containsExactly(minute(11), minute(31), minute(61));
    }

    @Test
    void givenADemandThatANewerOneContainsWhenItsTimeComesUnmetThenTheTierIsTold() {
        warned(RiskLevel.YELLOW)
                .and(assessed(RiskLevel.RED, 20))
                .and(consider(20))
                .when(new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.COUNTY, 1, minute(240)))
                .then(new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "COUNTY", minute(240)));
    }

    @Test
    void givenADateEnteredBeforeDemandsHadNumbersWhenItIsReadThenItTellsOfWhatIsOwedAndOfNothingNewer() {
        EscalateWarning stored = EventJson.MAPPER.readValue(
                "{\"warning\":{\"enterpriseId\":\"" + ENTERPRISE
                        + "\",\"number\":1},\"missed\":\"FEEDBACK\",\"to\":\"PROVINCE\",\"at\":\"2026-11-24T22:30:00Z\"}",
                EscalateWarning.class);

        assertThat(stored.demand()).isNull();
        assertThat(EventJson.MAPPER.writeValueAsString(stored)).doesNotContain("demand");
        warned(RiskLevel.RED)
                .when(stored)
                .then(new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "PROVINCE", stored.at()));
        warned(RiskLevel.RED).and(sign(5)).and(submitted(1, 1)).when(stored).thenNothing();
        warned(RiskLevel.RED)
                .and(sign(5))
                .and(submitted(1, 1))
                .and(alarm("BF_TUY_DF", Limit.HH, Severity.A, 25), assessed(RiskLevel.RED, 25))
                .and(consider(25))
                .when(stored)
                .thenNothing();
    }

    @Test
    void givenAnAlarmThatContinuesOneAtAGraverLimitThenItIsTold() {
        AlarmRaised inner = alarm("CO", Limit.H, Severity.B, 1);
        AlarmRaised graver = continuing(inner, Limit.HH, Severity.A);
        AlarmRaised same = continuing(inner, Limit.H, Severity.B);
        Given<WarningState, WarningCommand> cleared = warned(RiskLevel.YELLOW)
                .and(inner, assessed(RiskLevel.YELLOW, 1))
                .and(consider(1))
                .and(new AlarmCleared(inner.alarmId(), null, null, null, minute(3)));

        assertThat(segment(cleared.and(graver, assessed(RiskLevel.YELLOW, 5)), 5)
                        .alarms())
                .containsExactly(graver.alarmId());
        cleared.and(same, assessed(RiskLevel.YELLOW, 5)).when(consider(5)).thenNothing();
    }

    private static AlarmRaised continuing(AlarmRaised before, Limit limit, Severity severity) {
        return new AlarmRaised(
                before.alarmId().replaceFirst("\\d+$", Long.toString(minute(4).toEpochMilli())),
                String.valueOf(before.deviceId()),
                "01",
                "炼铁区",
                String.valueOf(before.indicator()),
                before.direction(),
                limit,
                severity,
                170,
                160.0,
                1,
                "ppm",
                minute(4),
                minute(4),
                List.of(),
                before.alarmId(),
                2);
    }

    @Test
    void givenAStoreOfBeforeDemandsWhenItIsFoldedThenASegmentThatRoseIsOne() {
        Given<WarningState, WarningCommand> old = Warnings.given()
                .and(
                        PRESSURE,
                        assessed(RiskLevel.YELLOW, 0),
                        stored("WarningIssued", "YELLOW", 0),
                        stored("WarningSegmentAdded", "YELLOW", 5))
                .and(sign(6));

        assertThat(progress(old).demand().number()).isEqualTo(1);
        assertThat(progress(old).status()).isEqualTo(WarningStatus.SIGNED);
        Given<WarningState, WarningCommand> risen =
                old.and(assessed(RiskLevel.RED, 20), stored("WarningSegmentAdded", "RED", 20));
        assertThat(progress(risen).demand().number()).isEqualTo(2);
        assertThat(progress(risen).status()).isEqualTo(WarningStatus.UNSIGNED);
        assertThat(progress(risen).demand().needsVerification()).isTrue();
        risen.when(consider(21)).thenNothing();
    }

    private static io.forgewatch.event.DomainEvent stored(String name, String level, double minutes) {
        return EventJson.payload(
                name,
                1,
                ("{\"warningId\":\"" + W1 + "\",\"level\":\"" + level
                                + "\",\"riskIndex\":40,\"message\":{\"zh\":\"预\",\"en\":\"w\"},\"alarms\":[\""
                                + PRESSURE.alarmId() + "\"],\"deadlines\":{\"sign\":\"" + minute(minutes + 10)
                                + "\",\"feedback\":\"" + minute(minutes + 30) + "\",\"resolve\":\""
                                + minute(minutes + 120) + "\"},\"at\":\"" + minute(minutes) + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
