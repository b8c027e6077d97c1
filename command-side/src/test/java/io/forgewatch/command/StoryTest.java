package io.forgewatch.command;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.breach;
import static io.forgewatch.command.alarm.Alarms.id;
import static io.forgewatch.command.alarm.Alarms.raised;
import static io.forgewatch.command.alarm.Alarms.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.Alarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.SentAt;
import io.forgewatch.command.feedback.Feedback;
import io.forgewatch.command.feedback.FeedbackCommand.AcceptFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.SubmitFeedback;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.command.personal.SomeKeys;
import io.forgewatch.command.risk.Risk;
import io.forgewatch.command.risk.RiskModel;
import io.forgewatch.command.risk.WhenAlarmChangesThenAssessRisk;
import io.forgewatch.command.risk.WhenRiskFallsThenAssessAgain;
import io.forgewatch.command.warning.Warning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.command.warning.WarningRules;
import io.forgewatch.command.warning.WhenAnswerSentBackThenEscalate;
import io.forgewatch.command.warning.WhenAnythingSettlesThenCloseWarning;
import io.forgewatch.command.warning.WhenRiskRisesThenIssueWarning;
import io.forgewatch.command.warning.WhenWarningIssuedThenWatchDeadlines;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deciders, automations and due dates together, with a clock that the test moves: what happens from a breach to a closed warning. */
class StoryTest {

    private static final Confided WANG = SomeKeys.confided(PersonalSubject.fromWire("enterprise/GT3702110001"), "王");

    private static final RiskModel MODEL = RiskModel.standard();
    private static final WarningRules RULES = WarningRules.standard();
    private static final WarningId W1 = new WarningId(ENTERPRISE, 1);

    private Instant now = START;
    private int handled;
    private final Set<String> known = new HashSet<>();
    private final PriorityQueue<DueDate> due =
            new PriorityQueue<>(java.util.Comparator.comparing(DueDate::at).thenComparing(DueDate::key));
    private final InMemoryCommands store = new InMemoryCommands(
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC),
            List.of(
                    new Alarm(Catalogue.standard()),
                    new Risk(MODEL),
                    new Warning(Catalogue.standard(), RULES),
                    new Feedback()));
    private final List<Automation> automations = List.of(
            new WhenAlarmChangesThenAssessRisk(MODEL),
            new WhenRiskFallsThenAssessAgain(MODEL),
            new WhenRiskRisesThenIssueWarning(),
            new WhenWarningIssuedThenWatchDeadlines(RULES),
            new WhenAnswerSentBackThenEscalate(),
            new WhenAnythingSettlesThenCloseWarning());

    private void given() {
        store.given(new EnterpriseRegistered(
                ENTERPRISE, "示范钢铁", "370211", Industry.STEEL, RiskProfile.STEEL_LONG, null, START));
        settle();
    }

    private void send(Command command) {
        store.send(command, Actor.system("test"), null).block();
        settle();
    }

    private void settle() {
        while (handled < store.recorded().size()) {
            RecordedEvent event = store.recorded().get(handled++);
            for (Automation automation : automations) {
                if (automation.on().stream().anyMatch(type -> type.isInstance(event.event()))) {
                    automation.due(event).stream()
                            .filter(date -> known.add(date.key()))
                            .forEach(due::add);
                    automation
                            .then(event)
                            .forEach(command -> store.send(
                                            SentAt.now(command, now), Actor.automation(automation.name()), null)
                                    .block());
                }
            }
        }
    }

    private void untilMinute(double minutes) {
        Instant until = START.plus(Duration.ofMillis((long) (minutes * 60_000)));
        while (!due.isEmpty() && !due.peek().at().isAfter(until)) {
            DueDate date = due.poll();
            now = date.at();
            byte[] stored = EventJson.MAPPER.writeValueAsBytes(date.command());
            send(EventJson.MAPPER.readValue(stored, date.command().getClass()));
        }
        now = until;
    }

    private List<String> story() {
        return store.events().stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    private <E extends DomainEvent> List<E> all(Class<E> type) {
        return store.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void givenAFailingPump_whenItIsAnsweredInTime_thenTheWarningClosesByItself() {
        given();
        send(breach(Limit.L, Severity.A, 0));
        assertThat(all(WarningIssued.class)).isEmpty();
        send(breach(Limit.LL, Severity.A, 0, 20));
        assertThat(all(WarningIssued.class)).hasSize(1);

        untilMinute(2);
        send(new SignWarning(W1, "zhao", now));
        untilMinute(5);
        send(new ReportReturn(id(0), 0.35, now));
        send(new SubmitFeedback(W1, null, "泵跳闸", "切换备用泵", WANG, START, "zhao", now));
        untilMinute(11);
        send(settled(0, 660));
        send(new ClearAlarm(id(0), "泵跳闸", "切换备用泵", "zhao", now));
        assertThat(story()).doesNotContain("WarningClosed");
        untilMinute(14.9);
        assertThat(story()).doesNotContain("WarningClosed");
        untilMinute(15);
        assertThat(story()).last().isEqualTo("WarningClosed");
        untilMinute(3_000);
        assertThat(story()).last().isEqualTo("WarningClosed");
        assertThat(all(WarningEscalated.class)).isEmpty();
    }

    @Test
    void givenAFailingPump_whenNobodyAnswers_thenItRisesAndTheTiersAreToldInTurn() {
        given();
        send(breach(Limit.LL, Severity.A, 0));
        untilMinute(1_500);

        assertThat(all(RiskAssessed.class))
                .extracting(assessed -> assessed.index() + " " + assessed.level())
                .containsExactly("40.0 YELLOW", "50.0 ORANGE", "60.0 ORANGE", "80.0 RED");
        assertThat(all(WarningEscalated.class))
                .extracting(escalated -> escalated.missed() + " " + escalated.to())
                .as("a newer demand contains what older ones miss, but nobody heard yet that nothing was disposed of")
                .containsExactly("SIGN CITY", "SIGN CITY", "FEEDBACK PROVINCE", "FEEDBACK MINISTRY", "RESOLVE CITY");
        assertThat(story()).doesNotContain("WarningClosed");
    }

    @Test
    void givenAnOrangeWarning_whenItIsVerifiedLast_thenItClosesThen() {
        given();
        send(breach(Limit.LL, Severity.A, 0));
        untilMinute(12);
        send(new SignWarning(W1, "zhao", now));
        send(new ReportReturn(id(0), 0.35, now));
        send(new SubmitFeedback(W1, null, "泵跳闸", "切换备用泵", WANG, START, "zhao", now));
        send(new AcceptFeedback(W1, 1, "qian", now));
        untilMinute(18);
        send(settled(0, 1_080));
        send(new ClearAlarm(id(0), "泵跳闸", "切换备用泵", "zhao", now));
        untilMinute(60);
        assertThat(story()).doesNotContain("WarningClosed");
        send(new VerifyWarning(W1, true, "合格", "qian", now));
        assertThat(story()).last().isEqualTo("WarningClosed");
    }

    @Test
    void givenASmallAlarm_whenItReturns_thenItClearsByItselfAndNobodyIsWarned() {
        given();
        send(breach(Limit.L, Severity.A, 0));
        untilMinute(2);
        send(new ReportReturn(id(0), 0.35, now));
        untilMinute(600);
        assertThat(story()).doesNotContain("AlarmCleared");
        send(settled(0, 36_000));
        assertThat(story()).contains("AlarmCleared").doesNotContain("WarningIssued");
    }

    /** 500 ppm, back, signed, answered, accepted, not cleared, 500 ppm again 14 hours later. */
    @Test
    void givenAnAnsweredAlarmThatNobodyClears_whenItIsBrokenAgainHoursLater_thenPeopleAreToldAndAskedToSign() {
        given();
        send(breach(Limit.LL, Severity.A, 0));
        untilMinute(1);
        send(new SignWarning(W1, "zhao", now));
        send(new ReportReturn(id(0), 0.35, now));
        send(new SubmitFeedback(W1, null, "泵跳闸", "切换备用泵", WANG, START, "zhao", now));
        send(new AcceptFeedback(W1, 1, "qian", now));
        untilMinute(60);
        int told = all(WarningSegmentAdded.class).size();

        untilMinute(14 * 60);
        send(breach(Limit.LL, Severity.A, 14 * 3_600));

        List<WarningSegmentAdded> segments = all(WarningSegmentAdded.class);
        assertThat(segments).hasSize(told + 1);
        assertThat(segments.getLast().alarms()).containsExactly(id(0).toString());
        assertThat(segments.getLast().demand()).isNotNull();
        assertThat(segments.getLast().demand().deadlines().sign())
                .isEqualTo(
                        segments.getLast().at().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(31)))
                .isAfter(now);
        assertThat(story()).doesNotContain("WarningClosed");
        untilMinute(14 * 60 + 31);
        send(new SubmitFeedback(W1, 1, "泵跳闸", "切换备用泵", WANG, START, "zhao", now));
        assertThat(all(WarningSegmentAdded.class)).hasSizeGreaterThan(told + 1);
        assertThat(story()).doesNotContain("WarningClosed");
    }

    /** The open alarm number 101 of a works at index 100 reaches its people like the first. */
    @Test
    void givenAWorksAtIndex100WithAHundredAlarms_whenOneMoreOpens_thenItIsTold() {
        given();
        for (int number = 0; number < 100; number++) {
            store.given(raised("X_" + number, Limit.LL, Severity.A, Duration.ZERO));
        }
        settle();
        untilMinute(30);
        assertThat(all(RiskAssessed.class).getLast().index()).isEqualTo(100);
        int told = all(WarningSegmentAdded.class).size();
        AlarmRaised further = raised("X_100", Limit.L, Severity.B, Duration.ofMinutes(30));

        store.given(further);
        settle();

        assertThat(all(WarningSegmentAdded.class)).hasSize(told + 1);
        assertThat(all(WarningSegmentAdded.class).getLast().alarms()).containsExactly(further.alarmId());
        assertThat(all(WarningSegmentAdded.class).getLast().openCount()).isEqualTo(101);
    }
}
