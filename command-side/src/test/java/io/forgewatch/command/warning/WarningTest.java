package io.forgewatch.command.warning;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.raised;
import static io.forgewatch.command.warning.Warnings.ID;
import static io.forgewatch.command.warning.Warnings.PRESSURE;
import static io.forgewatch.command.warning.Warnings.RULES;
import static io.forgewatch.command.warning.Warnings.TUYERE;
import static io.forgewatch.command.warning.Warnings.W1;
import static io.forgewatch.command.warning.Warnings.accepted;
import static io.forgewatch.command.warning.Warnings.alarm;
import static io.forgewatch.command.warning.Warnings.assessed;
import static io.forgewatch.command.warning.Warnings.back;
import static io.forgewatch.command.warning.Warnings.cleared;
import static io.forgewatch.command.warning.Warnings.close;
import static io.forgewatch.command.warning.Warnings.consider;
import static io.forgewatch.command.warning.Warnings.given;
import static io.forgewatch.command.warning.Warnings.minute;
import static io.forgewatch.command.warning.Warnings.sign;
import static io.forgewatch.command.warning.Warnings.submitted;
import static io.forgewatch.command.warning.Warnings.verify;
import static io.forgewatch.command.warning.Warnings.warned;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WarningTest {

    @Test
    void givenYellowWhenConsideredThenAWarningIsIssuedThatSaysWhatIsWrongAndWhatToDo() {
        WarningIssued issued = given().and(PRESSURE, assessed(RiskLevel.YELLOW, 0))
                .when(consider(0))
                .only(WarningIssued.class);

        assertThat(issued.warningId()).isEqualTo(W1);
        assertThat(issued.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(issued.riskIndex()).isEqualTo(40);
        assertThat(issued.alarms()).containsExactly(PRESSURE.alarmId());
        assertThat(issued.alarmCount()).isEqualTo(1);
        assertThat(issued.openCount()).isEqualTo(1);
        assertThat(issued.demand())
                .isEqualTo(new Demand(1, RiskLevel.YELLOW, new Deadlines(minute(30), minute(240), minute(1440))));
        assertThat(issued.message().zh())
                .isEqualTo("黄色预警，风险指数 40。炼铁区 高炉 0001 冷却水总管压力 0.19 MPa，低低限 0.2 MPa。先做：停止供热与吹炼（浇铸），"
                        + "确认应急水已投入，人员撤离可能喷溅区域，再查泵、阀和管路。请于 11-25 06:30 前签收，11-25 10:00 前首次反馈（北京时间）。");
        assertThat(issued.message().en())
                .contains("Yellow warning, risk index 40")
                .contains("blast furnace 0001, cooling water main pressure 0.19 MPa, low-low limit 0.2 MPa")
                .contains("Sign by 11-25 06:30");
    }

    @Test
    void givenBlueWhenConsideredThenNothing() {
        given().and(alarm("BF_TOP_T", Limit.HH, Severity.B, 0), assessed(RiskLevel.BLUE, 0))
                .when(consider(0))
                .thenNothing();
    }

    @Test
    void givenAGraveAlarmWhenTheRiskIsBlueAgainBeforeAnybodyWasToldThenAWarningTellsOfIt() {
        WarningIssued issued = given().and(PRESSURE, assessed(RiskLevel.ORANGE, 0))
                .and(back(PRESSURE, 1), assessed(RiskLevel.BLUE, 30))
                .when(consider(31))
                .only(WarningIssued.class);

        assertThat(issued.level()).isEqualTo(RiskLevel.ORANGE);
        assertThat(issued.alarms()).containsExactly(PRESSURE.alarmId());
        assertThat(issued.demand().deadlines().sign()).isEqualTo(minute(46));
    }

    @Test
    void givenAnOpenWarningWhenAGraveAlarmCameAndTheRiskIsBlueByNowThenItIsAddedAtTheWorst() {
        Given<WarningState, WarningCommand> blue = warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(TUYERE, assessed(RiskLevel.RED, 20))
                .and(back(TUYERE, 21), assessed(RiskLevel.BLUE, 60));
        WarningSegmentAdded added = blue.when(consider(60)).only(WarningSegmentAdded.class);

        assertThat(added.level()).isEqualTo(RiskLevel.RED);
        assertThat(added.demand()).isNotNull();
        blue.and(consider(60)).when(consider(61)).thenNothing();
    }

    @Test
    void givenADemandMadeAtBlueThenTheNextRiseIsOne() {
        Given<WarningState, WarningCommand> blue = warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(TUYERE, assessed(RiskLevel.BLUE, 20))
                .and(consider(20));

        assertThat(blue.and(assessed(RiskLevel.YELLOW, 40))
                        .when(consider(40))
                        .only(WarningSegmentAdded.class)
                        .demand())
                .isNotNull();
    }

    @Test
    void givenAWarningWhenNothingChangedThenNothing() {
        warned(RiskLevel.YELLOW)
                .and(assessed(RiskLevel.YELLOW, 1))
                .when(consider(1))
                .thenNothing();
    }

    @Test
    void givenAWarningWhenTheLevelRisesThenTheSameGetsASegmentAndNearerDeadlines() {
        WarningSegmentAdded added = warned(RiskLevel.YELLOW)
                .and(assessed(RiskLevel.ORANGE, 10))
                .when(consider(10))
                .only(WarningSegmentAdded.class);

        assertThat(added.warningId()).isEqualTo(W1);
        assertThat(added.level()).isEqualTo(RiskLevel.ORANGE);
        assertThat(added.demand())
                .isEqualTo(new Demand(
                        2, RiskLevel.ORANGE, new Deadlines(minute(25), minute(70), minute(490), minute(10 + 2_880))));
    }

    @Test
    void givenAWarningWhenTheLevelFallsThenASegmentDemandsNothingAndPutsNothingOff() {
        WarningSegmentAdded added = warned(RiskLevel.ORANGE)
                .and(assessed(RiskLevel.YELLOW, 10))
                .when(consider(10))
                .only(WarningSegmentAdded.class);

        assertThat(added.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(added.demand()).isNull();
        assertThat(added.alarms()).isEmpty();
        assertThat(added.message().zh()).startsWith("黄色预警").contains("前签收");
        assertThat(warned(RiskLevel.ORANGE)
                        .and(cleared(PRESSURE), assessed(RiskLevel.YELLOW, 10))
                        .when(consider(10))
                        .only(WarningSegmentAdded.class)
                        .message()
                        .zh())
                .startsWith("黄色预警，风险指数 40。先做：");
    }

    @Test
    void givenAWarningWhenAFurtherAlarmComesThenASegmentNamesItAndCountsTheOpenOnes() {
        WarningSegmentAdded added = warned(RiskLevel.YELLOW)
                .and(TUYERE, assessed(RiskLevel.YELLOW, 2))
                .when(consider(2))
                .only(WarningSegmentAdded.class);

        assertThat(added.alarms()).containsExactly(TUYERE.alarmId());
        assertThat(added.alarmCount()).isEqualTo(1);
        assertThat(added.openCount()).isEqualTo(2);
        assertThat(added.demand()).isNull();
        // The officer reads the newest words only: what is worst of all stands first, and by when to sign stays.
        assertThat(added.message().zh()).containsSubsequence("冷却水总管压力", "风口进出水流量差", "前签收");
    }

    @Test
    void givenAWarningWhenAnAlarmContinuesOneOfItsThenNothingIsPushed() {
        AlarmRaised continued = new AlarmRaised(
                PRESSURE.alarmId().replaceFirst("\\d+$", Long.toString(minute(3).toEpochMilli())),
                PRESSURE.deviceId(),
                "01",
                "炼铁区",
                "BF_CW_P",
                io.forgewatch.event.alarm.Direction.LOW,
                Limit.LL,
                Severity.A,
                0.19,
                0.2,
                1,
                "MPa",
                minute(3),
                minute(3),
                List.of(),
                PRESSURE.alarmId(),
                2);

        warned(RiskLevel.YELLOW)
                .and(new AlarmCleared(PRESSURE.alarmId(), null, null, null, minute(2)))
                .and(continued, assessed(RiskLevel.YELLOW, 3))
                .when(consider(3))
                .thenNothing();
    }

    @Test
    void givenManyAlarmsThenThreeAreNamedAndTheOthersCounted() {
        WarningIssued issued = given().and(
                        PRESSURE,
                        TUYERE,
                        raised("BF_HEARTH_T", Limit.HH, Severity.A, Duration.ofMinutes(1)),
                        raised("BF_H2", Limit.H, Severity.B, Duration.ofMinutes(1)),
                        raised("BF_TOP_T", Limit.H, Severity.B, Duration.ofMinutes(1)),
                        assessed(RiskLevel.RED, 3))
                .when(consider(3))
                .only(WarningIssued.class);

        assertThat(issued.alarms()).hasSize(5).startsWith(PRESSURE.alarmId());
        assertThat(issued.message().zh()).contains("另有 2 项报警").startsWith("红色预警");
        assertThat(issued.message().en()).contains("and 2 more");
    }

    @Test
    void givenAnInterlockThenTheMessageSaysThatItIsNotInForce() {
        WarningIssued issued = given().and(
                        raised("BF_RELIEF_ILK", Limit.INTERLOCK, Severity.A, Duration.ZERO),
                        assessed(RiskLevel.YELLOW, 0))
                .when(consider(0))
                .only(WarningIssued.class);

        assertThat(issued.message().zh()).contains("联锁未投入");
        assertThat(issued.message().en()).contains("interlock not in force");
    }

    @Test
    void givenAWarningWhenSignedThenOnce() {
        warned(RiskLevel.YELLOW).when(sign(5)).then(new WarningSigned(W1, "zhao", minute(5)));
        warned(RiskLevel.YELLOW).and(sign(5)).when(sign(6)).thenNothing();
    }

    @Test
    void givenNoSuchWarningWhenSignedThenNotFound() {
        given().when(sign(5)).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        warned(RiskLevel.YELLOW)
                .when(new SignWarning(new WarningId(ENTERPRISE, 2), "zhao", minute(5)))
                .thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }

    @Test
    void givenAYellowWarningThenItIsNotVerified() {
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1, 1), accepted(1))
                .when(verify(true, 26))
                .thenRefused(Refusal.Kind.CONFLICT, "warning-not-to-verify");
    }

    @Test
    void givenAnOrangeWarningWithoutAnAcceptedAnswerThenItIsNotVerifiedYet() {
        warned(RiskLevel.ORANGE)
                .and(sign(5))
                .and(submitted(1, 1))
                .when(verify(true, 26))
                .thenRefused(Refusal.Kind.CONFLICT, "warning-not-to-verify");
    }

    @Test
    void givenAnAcceptedAnswerWhenVerifiedThenOnceAndAFailureSendsItBack() {
        Given<WarningState, WarningCommand> toVerify =
                warned(RiskLevel.ORANGE).and(sign(5)).and(submitted(1, 1), accepted(1));

        toVerify.when(verify(false, 26)).then(new WarningVerified(W1, false, "现场核查", "qian", minute(26)));
        assertThat(toVerify.and(verify(false, 26)).state().open().progress().status())
                .isEqualTo(WarningStatus.HANDLING);
        toVerify.and(submitted(2, 1), accepted(2))
                .and(verify(true, 40))
                .when(verify(true, 41))
                .thenNothing();
    }

    @Test
    void givenAYellowWarningWhenAllIsThereThenItClosesByItself() {
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1, 1), cleared(PRESSURE), assessed(RiskLevel.BLUE, 40))
                .when(close(40))
                .then(new WarningClosed(W1, minute(40)));
    }

    @Test
    void givenOneThingMissingThenItStaysOpen() {
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(cleared(PRESSURE), assessed(RiskLevel.BLUE, 40))
                .when(close(40))
                .thenNothing();
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1, 1), assessed(RiskLevel.BLUE, 40))
                .when(close(40))
                .thenNothing();
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1, 1), cleared(PRESSURE))
                .when(close(40))
                .thenNothing();
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1, 1), Warnings.returned(1))
                .and(cleared(PRESSURE), assessed(RiskLevel.BLUE, 40))
                .when(close(40))
                .thenNothing();
        given().when(close(40)).thenNothing();
    }

    @Test
    void givenAWarningThatWasOrangeOnceThenItNeedsVerificationWhateverItFellTo() {
        Given<WarningState, WarningCommand> fallen = warned(RiskLevel.ORANGE)
                .and(sign(5))
                .and(assessed(RiskLevel.YELLOW, 15))
                .and(consider(15))
                .and(submitted(1, 1), accepted(1), cleared(PRESSURE), assessed(RiskLevel.BLUE, 40));

        fallen.when(close(40)).thenNothing();
        fallen.and(verify(true, 50)).when(close(50)).then(new WarningClosed(W1, minute(50)));
    }

    @Test
    void givenAnAnsweredWarningWhenItRisesThenItIsToBeSignedAndAnsweredAnew() {
        assertThat(warned(RiskLevel.YELLOW)
                        .and(sign(5))
                        .and(submitted(1, 1), accepted(1), assessed(RiskLevel.RED, 30))
                        .and(consider(30))
                        .state()
                        .open()
                        .progress()
                        .status())
                .isEqualTo(WarningStatus.UNSIGNED);
    }

    @Test
    void givenAClosedWarningThenNothingCanBeDoneWithItAndTheNextHasTheNextNumber() {
        Given<WarningState, WarningCommand> closed = warned(RiskLevel.YELLOW).and(new WarningClosed(W1, minute(40)));

        closed.when(sign(41)).thenRefused(Refusal.Kind.CONFLICT, "warning-closed");
        closed.when(verify(true, 41)).thenRefused(Refusal.Kind.CONFLICT, "warning-closed");
        closed.when(new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, 1, minute(41)))
                .thenNothing();
        assertThat(closed.and(assessed(RiskLevel.YELLOW, 50))
                        .when(consider(50))
                        .only(WarningIssued.class)
                        .warningId())
                .isEqualTo(ENTERPRISE + "-W2");
    }

    @Test
    void givenADeadlineMissedThenTheNextTierIsToldOnce() {
        EscalateWarning unsigned = new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, 1, minute(10));

        warned(RiskLevel.RED).when(unsigned).then(new WarningEscalated(W1, 1, DeadlineKind.SIGN, "CITY", minute(10)));
        warned(RiskLevel.RED).and(unsigned).when(unsigned).thenNothing();
        warned(RiskLevel.RED).and(sign(9)).when(unsigned).thenNothing();
        EscalateWarning unanswered = new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 1, minute(30));
        warned(RiskLevel.RED)
                .and(unsigned)
                .when(unanswered)
                .then(new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "PROVINCE", minute(30)));
        warned(RiskLevel.RED).and(sign(9)).and(submitted(1, 1)).when(unanswered).thenNothing();
    }

    @Test
    void givenADemandThenItsDeadlinesAreWatchedAndASegmentThatDemandsNothingBeginsNothingAnew() {
        WhenWarningIssuedThenWatchDeadlines automation = new WhenWarningIssuedThenWatchDeadlines(RULES);
        WarningIssued issued = given().and(PRESSURE, assessed(RiskLevel.RED, 0))
                .when(consider(0))
                .only(WarningIssued.class);
        WarningSegmentAdded further = warned(RiskLevel.RED)
                .and(TUYERE, assessed(RiskLevel.RED, 2))
                .when(consider(2))
                .only(WarningSegmentAdded.class);

        assertThat(escalations(automation.due(recorded(issued))))
                .containsExactly(
                        new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, 1, minute(10)),
                        new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, 1, minute(30)),
                        new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.MINISTRY, 1, minute(60)));
        assertThat(automation.due(recorded(issued)))
                .extracting(DueDate::key)
                .contains(W1 + "/D1/SIGN/10")
                .doesNotHaveDuplicates();
        assertThat(escalations(automation.due(recorded(further)))).isEmpty();
    }

    @Test
    void givenASegmentThenTheWarningIsConsideredAgainWhenWhatFollowsWasGathered() {
        WhenWarningIssuedThenWatchDeadlines automation = new WhenWarningIssuedThenWatchDeadlines(RULES);
        WarningIssued issued = given().and(PRESSURE, assessed(RiskLevel.RED, 0))
                .when(consider(0))
                .only(WarningIssued.class);

        assertThat(automation.due(recorded(issued)))
                .extracting(DueDate::command)
                .filteredOn(ConsiderWarning.class::isInstance)
                .extracting(Command::at)
                .containsExactly(START.plusMillis(500), START.plusMillis(5_500));
    }

    private static List<Command> escalations(List<DueDate> due) {
        return due.stream()
                .map(DueDate::command)
                .filter(EscalateWarning.class::isInstance)
                .toList();
    }

    @Test
    void givenARiskThenAWarningIsConsideredAndFromBlueOnItMayClose() {
        assertThat(new WhenRiskRisesThenIssueWarning().then(recorded(assessed(RiskLevel.YELLOW, 0))))
                .containsExactly(consider(0));
        assertThat(new WhenRiskRisesThenIssueWarning().then(recorded(assessed(RiskLevel.BLUE, 0))))
                .containsExactly(consider(0));
        WhenAnythingSettlesThenCloseWarning closing = new WhenAnythingSettlesThenCloseWarning();
        List<Command> whenBlue = closing.then(recorded(assessed(RiskLevel.BLUE, 40)));
        assertThat(whenBlue).containsExactly(close(40));
        assertThat(closing.then(recorded(assessed(RiskLevel.YELLOW, 40)))).isEmpty();
        assertThat(closing.then(recorded(cleared(PRESSURE)))).containsExactly(close(30));
        assertThat(closing.then(recorded(accepted(1)))).containsExactly(close(25));
    }

    private static RecordedEvent recorded(DomainEvent event) {
        return new RecordedEvent(1, new UUID(0, 1), START, Actor.system("test"), event);
    }
}
