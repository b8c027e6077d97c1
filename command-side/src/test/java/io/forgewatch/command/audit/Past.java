package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.DEVICE;
import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.at;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pump that failed, as it was recorded: from the registration of the works to the closing of its warning. */
final class Past {

    static final String W1 = ENTERPRISE + "-W1";
    static final String PUMP = Alarms.id(0).toString();
    static final String FLOW = DEVICE + ".BF_CW_F.LOW." + at(30).toEpochMilli();
    static final BilingualText MESSAGE = new BilingualText("预警", "warning");

    private static final Actor ASSESSING = Actor.automation("WhenAlarmChangesThenAssessRisk");
    private static final Actor WARNING = Actor.automation("WhenRiskRisesThenIssueWarning");
    private static final Actor CLOSING = Actor.automation("WhenAnythingSettlesThenCloseWarning");
    private static final Actor DETECTION = new Actor("detection", "0");

    private final List<Traced> events = new ArrayList<>();

    private Past() {}

    /** All of it; the position of an event is its place, from 1. */
    static List<Traced> all() {
        Past past = new Past();
        past.add(-86_400, Actor.account("ministry"), 0, registered());
        past.add(-86_000, Actor.account("works"), 0, device());
        past.add(21.5, DETECTION, 0, raised());
        past.add(21.7, ASSESSING, 3, assessed(40, RiskLevel.YELLOW, RiskLevel.BLUE, 21));
        past.add(22, WARNING, 4, issued());
        past.add(300, Actor.account("zhao"), 0, new WarningSigned(W1, "zhao", at(300)));
        past.add(310, DETECTION, 0, Alarms.raised("BF_CW_F", Limit.L, Severity.B, Duration.ofSeconds(30)));
        past.add(311, ASSESSING, 7, assessed(65, RiskLevel.ORANGE, RiskLevel.YELLOW, 310));
        past.add(312, WARNING, 8, segment());
        past.add(
                4_000,
                new Actor("clock", "EscalateWarning"),
                0,
                new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "PROVINCE", at(4_000)));
        past.add(4_100, Actor.account("zhao"), 0, submitted(1, 4_100));
        past.add(4_200, Actor.account("qian"), 0, new FeedbackReturned(W1, 1, "不完整", "qian", at(4_200)));
        past.add(4_300, Actor.account("zhao"), 0, submitted(2, 4_300));
        past.add(4_400, Actor.account("qian"), 0, new FeedbackAccepted(W1, 2, "qian", at(4_400)));
        past.add(4_500, DETECTION, 0, new AlarmReturned(PUMP, 0.35, at(4_500)));
        past.add(4_900, Actor.account("zhao"), 0, new AlarmCleared(PUMP, "zhao", "泵跳闸", "切换备用泵", at(4_900)));
        past.add(5_000, Actor.account("qian"), 0, new WarningVerified(W1, true, "合格", "qian", at(5_000)));
        past.add(5_600, ASSESSING, 0, assessed(0, RiskLevel.BLUE, RiskLevel.YELLOW, 5_600));
        past.add(5_600.1, CLOSING, 18, new WarningClosed(W1, at(5_600)));
        return past.events;
    }

    static DeviceRegistered device() {
        PointResolution resolution = Catalogue.standard().resolve("01", PointRatings.of("BF_CW_P"));
        return new DeviceRegistered(
                DEVICE,
                ENTERPRISE,
                "01",
                "1号高炉",
                "炼铁区",
                List.of(((PointResolution.Resolved) resolution).point()),
                START.minusSeconds(86_000));
    }

    private static EnterpriseRegistered registered() {
        return new EnterpriseRegistered(
                ENTERPRISE, "示范钢铁", "370211", Industry.STEEL, RiskProfile.STEEL_LONG, null, START.minusSeconds(86_400));
    }

    private static AlarmRaised raised() {
        return new AlarmRaised(
                PUMP,
                DEVICE,
                "01",
                "炼铁区",
                "BF_CW_P",
                Direction.LOW,
                Limit.LL,
                Severity.A,
                0.17,
                0.2,
                1,
                "MPa",
                START,
                at(20),
                List.of(
                        new CausingReading(START, 0.19, 0),
                        new CausingReading(at(10), 0.18, 0),
                        new CausingReading(at(20), 0.17, 0)),
                null,
                1);
    }

    private static RiskAssessed assessed(double index, RiskLevel level, RiskLevel previous, long seconds) {
        return new RiskAssessed(
                ENTERPRISE,
                index,
                level,
                previous,
                null,
                List.of(),
                new Contributions(index, 0, null, 1, List.of()),
                "1",
                at(seconds));
    }

    private static WarningIssued issued() {
        return new WarningIssued(
                W1,
                RiskLevel.YELLOW,
                40,
                MESSAGE,
                List.of(PUMP),
                1,
                1,
                new Demand(1, RiskLevel.YELLOW, new Deadlines(at(1_821), at(14_421), at(86_421))),
                at(21),
                at(21));
    }

    private static WarningSegmentAdded segment() {
        return new WarningSegmentAdded(
                W1,
                RiskLevel.ORANGE,
                65,
                MESSAGE,
                List.of(),
                0,
                1,
                new Demand(2, RiskLevel.ORANGE, new Deadlines(at(1_210), at(3_910), at(29_110))),
                null,
                at(310),
                at(310));
    }

    private static FeedbackSubmitted submitted(int number, long seconds) {
        return new FeedbackSubmitted(
                W1, number, Demand.UNNUMBERED, "泵跳闸", "切换备用泵", PersonalText.plain("王"), START, "zhao", at(seconds));
    }

    static Traced recorded(long position, double seconds, Actor actor, @Nullable UUID cause, DomainEvent event) {
        Instant at = START.plusMillis(Math.round(seconds * 1_000));
        return new Traced(new RecordedEvent(position, id(position), at, actor, event), cause);
    }

    static UUID id(long position) {
        return new UUID(7, position);
    }

    private void add(double seconds, Actor actor, long cause, DomainEvent event) {
        events.add(recorded(events.size() + 1L, seconds, actor, cause == 0 ? null : id(cause), event));
    }
}
