package io.forgewatch.command.warning;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.raised;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WarningTest {

    private static final WarningRules RULES = WarningRules.standard();
    private static final WarningId ID = new WarningId(ENTERPRISE, 1);
    private static final String W1 = ID.toString();
    private static final AlarmRaised PRESSURE = raised("BF_CW_P", Limit.LL, Severity.A, Duration.ZERO);
    private static final AlarmRaised TUYERE = raised("BF_TUY_DF", Limit.HH, Severity.A, Duration.ofMinutes(2));

    private static Given<WarningState, WarningCommand> given() {
        return Given.nothing(new Warning(Catalogue.standard(), RULES));
    }

    /** The pressure alarm made the level and a warning was issued. */
    private static Given<WarningState, WarningCommand> warned(RiskLevel level) {
        return given().and(PRESSURE, assessed(level, 0)).and(consider(0));
    }

    private static Instant minute(long minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    private static RiskAssessed assessed(RiskLevel level, long minutes) {
        double index = switch (level) {
            case BLUE -> 0;
            case YELLOW -> 40;
            case ORANGE -> 60;
            case RED -> 80;
        };
        return new RiskAssessed(
                ENTERPRISE,
                index,
                level,
                RiskLevel.BLUE,
                null,
                new Contributions(index, 0, null, 1, List.of()),
                "1",
                minute(minutes));
    }

    private static ConsiderWarning consider(long minutes) {
        return new ConsiderWarning(new EnterpriseId(ENTERPRISE), minute(minutes));
    }

    private static CloseWarningWhenDone close(long minutes) {
        return new CloseWarningWhenDone(new EnterpriseId(ENTERPRISE), minute(minutes));
    }

    private static SignWarning sign(long minutes) {
        return new SignWarning(ID, "zhao", minute(minutes));
    }

    private static VerifyWarning verify(boolean passed, long minutes) {
        return new VerifyWarning(ID, passed, "现场核查", "qian", minute(minutes));
    }

    private static FeedbackSubmitted submitted(int number) {
        return new FeedbackSubmitted(W1, number, "泵跳闸", "切换", PersonalText.plain("王"), START, "zhao", minute(20));
    }

    private static FeedbackAccepted accepted(int number) {
        return new FeedbackAccepted(W1, number, "qian", minute(25));
    }

    private static AlarmCleared cleared(AlarmRaised raised) {
        return new AlarmCleared(raised.alarmId(), "zhao", "c", "m", minute(30));
    }

    @Test
    void givenYellowWhenConsideredThenAWarningIsIssuedThatSaysWhatIsWrongAndWhatToDo() {
        WarningIssued issued = given().and(PRESSURE, assessed(RiskLevel.YELLOW, 0))
                .when(consider(0))
                .only(WarningIssued.class);

        assertThat(issued.warningId()).isEqualTo(W1);
        assertThat(issued.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(issued.riskIndex()).isEqualTo(40);
        assertThat(issued.alarms()).containsExactly(PRESSURE.alarmId());
        assertThat(issued.deadlines()).isEqualTo(new Deadlines(minute(30), minute(240), minute(1440)));
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
        given().and(PRESSURE, assessed(RiskLevel.BLUE, 0)).when(consider(0)).thenNothing();
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
        assertThat(added.deadlines()).isEqualTo(new Deadlines(minute(25), minute(70), minute(490)));
    }

    @Test
    void givenAWarningWhenTheLevelFallsThenASegmentPutsNothingOff() {
        WarningSegmentAdded added = warned(RiskLevel.ORANGE)
                .and(assessed(RiskLevel.YELLOW, 10))
                .when(consider(10))
                .only(WarningSegmentAdded.class);

        assertThat(added.level()).isEqualTo(RiskLevel.YELLOW);
        assertThat(added.deadlines()).isEqualTo(new Deadlines(minute(15), minute(60), minute(480)));
    }

    @Test
    void givenAWarningWhenAFurtherAlarmComesThenASegmentNamesAllThatAreOpen() {
        WarningSegmentAdded added = warned(RiskLevel.YELLOW)
                .and(TUYERE, assessed(RiskLevel.YELLOW, 2))
                .when(consider(2))
                .only(WarningSegmentAdded.class);

        assertThat(added.alarms()).containsExactly(PRESSURE.alarmId(), TUYERE.alarmId());
        assertThat(added.message().zh()).contains("风口进出水流量差");
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
                .and(submitted(1), accepted(1))
                .when(verify(true, 26))
                .thenRefused(Refusal.Kind.CONFLICT, "warning-not-to-verify");
    }

    @Test
    void givenAnOrangeWarningWithoutAnAcceptedAnswerThenItIsNotVerifiedYet() {
        warned(RiskLevel.ORANGE)
                .and(sign(5))
                .and(submitted(1))
                .when(verify(true, 26))
                .thenRefused(Refusal.Kind.CONFLICT, "warning-not-to-verify");
    }

    @Test
    void givenAnAcceptedAnswerWhenVerifiedThenOnceAndAFailureSendsItBack() {
        Given<WarningState, WarningCommand> toVerify =
                warned(RiskLevel.ORANGE).and(sign(5)).and(submitted(1), accepted(1));

        toVerify.when(verify(false, 26)).then(new WarningVerified(W1, false, "现场核查", "qian", minute(26)));
        assertThat(toVerify.and(verify(false, 26)).state().open().progress().status())
                .isEqualTo(WarningStatus.HANDLING);
        toVerify.and(submitted(2), accepted(2))
                .and(verify(true, 40))
                .when(verify(true, 41))
                .thenNothing();
    }

    @Test
    void givenAYellowWarningWhenAllIsThereThenItClosesByItself() {
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1), cleared(PRESSURE), assessed(RiskLevel.BLUE, 40))
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
                .and(submitted(1), assessed(RiskLevel.BLUE, 40))
                .when(close(40))
                .thenNothing();
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1), cleared(PRESSURE))
                .when(close(40))
                .thenNothing();
        warned(RiskLevel.YELLOW)
                .and(sign(5))
                .and(submitted(1), new FeedbackReturned(W1, 1, "不充分", "qian", minute(25)))
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
                .and(submitted(1), accepted(1), cleared(PRESSURE), assessed(RiskLevel.BLUE, 40));

        fallen.when(close(40)).thenNothing();
        fallen.and(verify(true, 50)).when(close(50)).then(new WarningClosed(W1, minute(50)));
    }

    @Test
    void givenAnAnsweredWarningWhenItRisesThenANewAnswerIsNeeded() {
        assertThat(warned(RiskLevel.YELLOW)
                        .and(sign(5))
                        .and(submitted(1), accepted(1), assessed(RiskLevel.RED, 30))
                        .and(consider(30))
                        .state()
                        .open()
                        .progress()
                        .status())
                .isEqualTo(WarningStatus.HANDLING);
    }

    @Test
    void givenAClosedWarningThenNothingCanBeDoneWithItAndTheNextHasTheNextNumber() {
        Given<WarningState, WarningCommand> closed = warned(RiskLevel.YELLOW).and(new WarningClosed(W1, minute(40)));

        closed.when(sign(41)).thenRefused(Refusal.Kind.CONFLICT, "warning-closed");
        closed.when(verify(true, 41)).thenRefused(Refusal.Kind.CONFLICT, "warning-closed");
        closed.when(new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, minute(41)))
                .thenNothing();
        assertThat(closed.and(assessed(RiskLevel.YELLOW, 50))
                        .when(consider(50))
                        .only(WarningIssued.class)
                        .warningId())
                .isEqualTo(ENTERPRISE + "-W2");
    }

    @Test
    void givenADeadlineMissedThenTheNextTierIsToldOnce() {
        EscalateWarning unsigned = new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, minute(10));

        warned(RiskLevel.RED).when(unsigned).then(new WarningEscalated(W1, DeadlineKind.SIGN, "CITY", minute(10)));
        warned(RiskLevel.RED).and(unsigned).when(unsigned).thenNothing();
        warned(RiskLevel.RED).and(sign(9)).when(unsigned).thenNothing();
        EscalateWarning unanswered = new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, minute(30));
        warned(RiskLevel.RED)
                .and(unsigned)
                .when(unanswered)
                .then(new WarningEscalated(W1, DeadlineKind.FEEDBACK, "PROVINCE", minute(30)));
        warned(RiskLevel.RED).and(sign(9)).and(submitted(1)).when(unanswered).thenNothing();
    }

    @Test
    void givenAWarningThenTheDeadlinesOfItsLevelAreWatchedAndAFurtherSegmentBeginsNothingAnew() {
        WhenWarningIssuedThenWatchDeadlines automation = new WhenWarningIssuedThenWatchDeadlines(RULES);
        WarningIssued issued = given().and(PRESSURE, assessed(RiskLevel.RED, 0))
                .when(consider(0))
                .only(WarningIssued.class);
        WarningSegmentAdded again = new WarningSegmentAdded(
                W1, RiskLevel.RED, 80, issued.message(), issued.alarms(), issued.deadlines(), minute(5));

        List<DueDate> due = automation.due(recorded(issued));
        assertThat(due).extracting(DueDate::at).containsExactly(minute(10), minute(30), minute(60));
        assertThat(due)
                .extracting(DueDate::command)
                .containsExactly(
                        new EscalateWarning(ID, DeadlineKind.SIGN, Tier.CITY, minute(10)),
                        new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.PROVINCE, minute(30)),
                        new EscalateWarning(ID, DeadlineKind.FEEDBACK, Tier.MINISTRY, minute(60)));
        assertThat(automation.due(recorded(again)))
                .extracting(DueDate::key)
                .isEqualTo(due.stream().map(DueDate::key).toList());
    }

    @Test
    void givenARiskAboveBlueThenAWarningIsConsideredAndFromBlueOnItMayClose() {
        assertThat(new WhenRiskRisesThenIssueWarning().then(recorded(assessed(RiskLevel.YELLOW, 0))))
                .containsExactly(consider(0));
        assertThat(new WhenRiskRisesThenIssueWarning().then(recorded(assessed(RiskLevel.BLUE, 0))))
                .isEmpty();
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
