package io.forgewatch.command.alarm;

import static io.forgewatch.command.alarm.Alarms.at;
import static io.forgewatch.command.alarm.Alarms.breach;
import static io.forgewatch.command.alarm.Alarms.id;

import io.forgewatch.command.alarm.AlarmCommand.AcceptSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ClaimSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.RejectSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An alarm whose sensor is dead (dossier §3). */
class SensorFaultTest {

    private static final AlarmId ALARM = id(0);
    private static final Instant UNTIL = at(600).plus(Duration.ofDays(30));

    private static Given<PointAlarms, AlarmCommand> open() {
        return Given.nothing(new Alarm(Catalogue.standard())).and(breach(Limit.LL, Severity.A, 0));
    }

    private static ClaimSensorFault claim(AlarmId alarm, Instant until) {
        return new ClaimSensorFault(alarm, "输出恒为 0", "人工抄表", until, "works", at(600));
    }

    private static AcceptSensorFault accept(int seconds) {
        return new AcceptSensorFault(ALARM, "shandong", at(seconds));
    }

    private static RejectSensorFault reject() {
        return new RejectSensorFault(ALARM, "证据不足", "shandong", at(700));
    }

    @Test
    void givenAnOpenAlarmWhenItsSensorIsClaimedToBeDeadThenThatIsKeptOnce() {
        open().when(claim(ALARM, UNTIL))
                .then(new SensorFaultClaimed(ALARM.toString(), "输出恒为 0", "人工抄表", UNTIL, "works", at(600)));
        open().and(claim(ALARM, UNTIL)).when(claim(ALARM, UNTIL)).thenNothing();
        open().and(claim(ALARM, UNTIL))
                .when(claim(ALARM, UNTIL.minusSeconds(1)))
                .only(SensorFaultClaimed.class);
    }

    @Test
    void givenAReturnedAlarmThatNothingSettlesWhenTheClaimIsAcceptedThenItEndsAndTheNextBreachIsANewOne() {
        Given<PointAlarms, AlarmCommand> returned =
                open().and(new ReportReturn(ALARM, 0.35, at(60))).and(claim(ALARM, UNTIL));

        returned.when(accept(700))
                .then(
                        new SensorFaultAccepted(ALARM.toString(), "shandong", at(700)),
                        new AlarmEnded(ALARM.toString(), EndReason.SENSOR_FAULT, "shandong", at(700)),
                        new PointOutOfForce(ALARM.toString(), UNTIL, "shandong", at(700)));
        returned.and(accept(700)).when(breach(Limit.LL, Severity.A, 800)).only(AlarmRaised.class);
        returned.and(accept(700)).when(accept(701)).thenRefused(Refusal.Kind.CONFLICT, "alarm-cleared");
    }

    @Test
    void givenAnAlarmEndedInBreachWhenTheSameBreachIsSaidAgainThenItIsHeardOnlyWhenTheTimeIsOver() {
        Given<PointAlarms, AlarmCommand> ended = open().and(claim(ALARM, UNTIL)).and(accept(700));
        long days = Duration.ofDays(30).toSeconds();

        ended.when(breach(Limit.LL, Severity.A, 0, 730)).thenNothing();
        ended.when(breach(Limit.LL, Severity.A, 0, 600 + days - 1)).thenNothing();
        ended.when(breach(Limit.LL, Severity.A, 0, 600 + days)).only(AlarmRaised.class);
    }

    @Test
    void givenAPointOutOfForceWhenItsValueIsBackThenItIsInForceWhateverTheSourcesClockSays() {
        Given<PointAlarms, AlarmCommand> ended = open().and(claim(ALARM, UNTIL)).and(accept(700));
        ReportReturn back = new ReportReturn(ALARM, 0.35, at(720));

        ended.when(back).then(new PointInForce(ALARM.toString(), at(720)));
        ended.and(back).when(back).thenNothing();
        ended.when(new ReportReturn(ALARM, 0.35, at(690))).thenNothing();
        ended.and(back).when(breach(Limit.LL, Severity.A, 650, 760)).only(AlarmRaised.class);
    }

    @Test
    void givenAPointOutOfForceWhenAnotherBreachBeganThenItIsInForceAgain() {
        Given<PointAlarms, AlarmCommand> ended = open().and(claim(ALARM, UNTIL)).and(accept(700));

        ended.when(breach(Limit.L, Severity.A, 750)).only(AlarmRaised.class);
        ended.and(breach(Limit.L, Severity.A, 750))
                .and(new ReportReturn(id(750), 0.35, at(800)))
                .and(new ReportSettled(id(750), 0.35, at(1_200)))
                .when(breach(Limit.LL, Severity.A, 1_300))
                .only(AlarmRaised.class);
    }

    @Test
    void givenARejectedClaimThenTheAlarmStaysAndItMayBeClaimedAgain() {
        Given<PointAlarms, AlarmCommand> claimed = open().and(claim(ALARM, UNTIL));

        claimed.when(reject()).then(new SensorFaultRejected(ALARM.toString(), "证据不足", "shandong", at(700)));
        claimed.and(reject()).when(accept(701)).thenRefused(Refusal.Kind.CONFLICT, "sensor-fault-not-claimed");
        claimed.and(reject()).when(claim(ALARM, UNTIL)).only(SensorFaultClaimed.class);
    }

    @Test
    void givenNoClaimWhenDecidedThenRefused() {
        open().when(accept(700)).thenRefused(Refusal.Kind.CONFLICT, "sensor-fault-not-claimed");
        open().when(reject()).thenRefused(Refusal.Kind.CONFLICT, "sensor-fault-not-claimed");
    }

    @Test
    void givenATimeThatIsPastOrTooFarWhenClaimedThenRefused() {
        open().when(claim(ALARM, UNTIL.plusMillis(1))).thenRefused(Refusal.Kind.INVALID, "sensor-fault-too-long");
        open().when(claim(ALARM, at(600))).thenRefused(Refusal.Kind.INVALID, "sensor-fault-too-long");
        open().and(claim(ALARM, at(650))).when(accept(650)).thenRefused(Refusal.Kind.CONFLICT, "sensor-fault-over");
    }

    @Test
    void givenGoodReadingsThatShowedItNormalWhenClaimedThenAPersonClearsIt() {
        open().and(new ReportSettled(ALARM, 0.35, at(400)))
                .when(claim(ALARM, UNTIL))
                .thenRefused(Refusal.Kind.CONFLICT, "alarm-settled");
    }

    @Test
    void givenNoSuchAlarmOrOneOfNoSensorWhenClaimedThenRefused() {
        AlarmId other = new AlarmId(ALARM.subject(), ALARM.indicator(), ALARM.direction(), 7);
        open().when(claim(other, UNTIL)).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        AlarmId quality = new AlarmId(ALARM.subject(), ALARM.indicator(), Direction.QUALITY, 5);
        Given.nothing(new Alarm(Catalogue.standard()))
                .and(new AlarmCommand.ReportBreach(
                        quality,
                        "01",
                        "炼铁区",
                        Limit.FAULT,
                        Severity.C,
                        null,
                        null,
                        1,
                        null,
                        java.util.List.of(),
                        at(1),
                        io.forgewatch.event.alarm.Fault.SILENT,
                        null,
                        java.util.List.of(),
                        0))
                .when(claim(quality, UNTIL))
                .thenRefused(Refusal.Kind.CONFLICT, "alarm-not-of-a-sensor");
    }
}
