package io.forgewatch.command.feedback;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.feedback.FeedbackCommand.AcceptFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.ReturnFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.SubmitFeedback;
import io.forgewatch.command.personal.Confided;
import io.forgewatch.command.personal.SomeKeys;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalSubject;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedbackTest {

    private static final Confided WANG = SomeKeys.confided(PersonalSubject.fromWire("enterprise/GT3702110001"), "王");

    private static final WarningId ID = new WarningId(ENTERPRISE, 1);
    private static final String W1 = ID.toString();
    private static final Instant NOW = START.plusSeconds(600);

    private static Given<Feedback.State, FeedbackCommand> issued(RiskLevel level) {
        return Given.nothing(new Feedback())
                .and(new WarningIssued(
                        W1,
                        level,
                        40,
                        new BilingualText("预警", "warning"),
                        List.of(),
                        0,
                        0,
                        new Demand(1, level, new Deadlines(NOW, NOW, NOW)),
                        START,
                        START));
    }

    private static Given<Feedback.State, FeedbackCommand> signed(RiskLevel level) {
        return issued(level).and(new WarningSigned(W1, "zhao", START));
    }

    private static SubmitFeedback submit() {
        return new SubmitFeedback(ID, null, "泵跳闸", "切换备用泵", WANG, START, "zhao", NOW);
    }

    private static AcceptFeedback accept(int number) {
        return new AcceptFeedback(ID, number, "qian", NOW);
    }

    private static ReturnFeedback giveBack(int number) {
        return new ReturnFeedback(ID, number, "不充分", "qian", NOW);
    }

    @Test
    void givenASignedWarningWhenAnsweredThenAnswersAreNumberedFrom1() {
        signed(RiskLevel.YELLOW)
                .when(submit())
                .then(new FeedbackSubmitted(W1, 1, 1, "泵跳闸", "切换备用泵", WANG.sealed(), START, "zhao", NOW));
        signed(RiskLevel.YELLOW)
                .and(submit())
                .when(submit())
                .then(new FeedbackSubmitted(W1, 2, 1, "泵跳闸", "切换备用泵", WANG.sealed(), START, "zhao", NOW));
    }

    @Test
    void givenNoWarningOrOneThatIsNotSignedOrIsClosedWhenAnsweredThenRefused() {
        Given.nothing(new Feedback()).when(submit()).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        issued(RiskLevel.YELLOW).when(submit()).thenRefused(Refusal.Kind.CONFLICT, "warning-not-signed");
        signed(RiskLevel.YELLOW)
                .and(new WarningClosed(W1, NOW))
                .when(submit())
                .thenRefused(Refusal.Kind.CONFLICT, "warning-closed");
    }

    @Test
    void givenACauseOfTomorrowWhenAnsweredThenRefused() {
        signed(RiskLevel.YELLOW)
                .when(new SubmitFeedback(ID, null, "c", "m", WANG, NOW.plusSeconds(301), "zhao", NOW))
                .thenRefused(Refusal.Kind.INVALID, "occurred-in-future");
    }

    @Test
    void givenACauseOfTheYearOneOrOfMoreThan400DaysAgoWhenAnsweredThenRefused() {
        for (Instant longAgo : List.of(
                Instant.parse("0001-01-01T00:00:00Z"),
                NOW.minus(Duration.ofDays(400)).minusMillis(1))) {
            signed(RiskLevel.YELLOW)
                    .when(new SubmitFeedback(ID, null, "c", "m", WANG, longAgo, "zhao", NOW))
                    .thenRefused(Refusal.Kind.INVALID, "occurred-too-long-ago");
        }
    }

    @Test
    void givenAnAnswerWhenAcceptedThenOnceAndItCannotBeSentBack() {
        signed(RiskLevel.YELLOW).and(submit()).when(accept(1)).then(new FeedbackAccepted(W1, 1, "qian", NOW));
        signed(RiskLevel.YELLOW).and(submit()).and(accept(1)).when(accept(1)).thenNothing();
        signed(RiskLevel.YELLOW)
                .and(submit())
                .and(accept(1))
                .when(giveBack(1))
                .thenRefused(Refusal.Kind.CONFLICT, "feedback-accepted");
    }

    @Test
    void givenAnAnswerWhenSentBackThenOnceAndItCannotBeAccepted() {
        signed(RiskLevel.YELLOW).and(submit()).when(giveBack(1)).then(new FeedbackReturned(W1, 1, "不充分", "qian", NOW));
        signed(RiskLevel.YELLOW)
                .and(submit())
                .and(giveBack(1))
                .when(giveBack(1))
                .thenNothing();
        signed(RiskLevel.YELLOW)
                .and(submit())
                .and(giveBack(1))
                .when(accept(1))
                .thenRefused(Refusal.Kind.CONFLICT, "feedback-returned");
    }

    @Test
    void givenNoSuchAnswerWhenJudgedThenNotFound() {
        signed(RiskLevel.YELLOW).and(submit()).when(accept(2)).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        signed(RiskLevel.YELLOW).and(submit()).when(giveBack(0)).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }

    @Test
    void givenAnOrangeWarningWithAnAcceptedAnswerWhenAnsweredAgainThenItAwaitsVerification() {
        signed(RiskLevel.ORANGE)
                .and(submit())
                .and(accept(1))
                .when(submit())
                .thenRefused(Refusal.Kind.CONFLICT, "warning-awaits-verification");
    }

    private static Given<Feedback.State, FeedbackCommand> risen() {
        return signed(RiskLevel.YELLOW)
                .and(new WarningSegmentAdded(
                        W1,
                        RiskLevel.RED,
                        80,
                        new BilingualText("预警", "warning"),
                        List.of(),
                        0,
                        0,
                        new Demand(2, RiskLevel.RED, new Deadlines(NOW, NOW, NOW)),
                        null,
                        NOW,
                        NOW));
    }

    private static SubmitFeedback submit(int demand) {
        return new SubmitFeedback(ID, demand, "泵跳闸", "切换备用泵", WANG, START, "zhao", NOW);
    }

    @Test
    void givenANewerDemandWhenAnAnswerNamesTheOlderThenItIsKeptAndAskedForAnew() {
        Given.Then then = risen().when(submit(1));

        then.then(new FeedbackSubmitted(W1, 1, 1, "泵跳闸", "切换备用泵", WANG.sealed(), START, "zhao", NOW));
        assertThat(((Decision.Accepted) then.decision()).answer()).containsEntry(Feedback.SUPERSEDED_BY, 2);
        assertThat(((Decision.Accepted) signed(RiskLevel.YELLOW).when(submit(1)).decision()).answer())
                .doesNotContainKey(Feedback.SUPERSEDED_BY);
    }

    @Test
    void givenANewerDemandThatIsNotSignedWhenAnswersNameNoneThenRefused() {
        risen().when(submit()).thenRefused(Refusal.Kind.CONFLICT, "warning-not-signed");
        risen().and(new WarningSigned(W1, "zhao", NOW))
                .when(submit())
                .then(new FeedbackSubmitted(W1, 1, 2, "泵跳闸", "切换备用泵", WANG.sealed(), START, "zhao", NOW));
    }

    @Test
    void givenADemandThatThereIsNotWhenAnsweredThenRefused() {
        risen().when(submit(3)).thenRefused(Refusal.Kind.INVALID, "demand-unknown");
        risen().when(submit(0)).thenRefused(Refusal.Kind.INVALID, "demand-unknown");
    }

    private static Given<Feedback.State, FeedbackCommand> answered(
            Given<Feedback.State, FeedbackCommand> given, SubmitFeedback answer, int times) {
        Given<Feedback.State, FeedbackCommand> answered = given;
        for (int time = 0; time < times; time++) {
            answered = answered.and(answer);
        }
        return answered;
    }

    @Test
    void givenAHundredAnswersThatWereSentBackThenTheNextIsTaken() {
        Given<Feedback.State, FeedbackCommand> tried = signed(RiskLevel.YELLOW);
        for (int number = 1; number <= 100; number++) {
            tried = tried.and(submit()).and(giveBack(number));
        }

        tried.when(submit()).only(FeedbackSubmitted.class);
    }

    @Test
    void givenTwentyAnswersWithoutAVerdictThenNoMoreUntilOneIsJudged() {
        Given<Feedback.State, FeedbackCommand> waiting = answered(signed(RiskLevel.YELLOW), submit(), 20);

        waiting.when(submit()).thenRefused(Refusal.Kind.CONFLICT, "too-many-answers");
        waiting.and(giveBack(3)).when(submit()).only(FeedbackSubmitted.class);
    }

    @Test
    void givenManyAnswersToAnOlderDemandThenTheNewestIsAnsweredAllTheSame() {
        Given<Feedback.State, FeedbackCommand> older = answered(risen(), submit(1), 20);

        older.when(submit(1)).thenRefused(Refusal.Kind.CONFLICT, "too-many-answers");
        older.and(new WarningSigned(W1, "zhao", NOW)).when(submit()).only(FeedbackSubmitted.class);
        older.and(accept(7)).when(submit(1)).only(FeedbackSubmitted.class);
    }

    @Test
    void givenAFailedVerificationThenNoAnswerOfBeforeWaitsForAVerdictAnyMore() {
        Given<Feedback.State, FeedbackCommand> failed = answered(signed(RiskLevel.ORANGE), submit(), 20)
                .and(accept(1))
                .and(new WarningVerified(W1, false, "未整改", "qian", NOW));

        failed.when(accept(2)).thenRefused(Refusal.Kind.CONFLICT, "feedback-returned");
        failed.when(submit()).only(FeedbackSubmitted.class);
    }

    @Test
    void givenARequestOfBeforeDemandsWhenItIsRepeatedThenItIsTheSameForItsKey() {
        assertThat(EventJson.MAPPER.valueToTree(submit()).has("demand")).isFalse();
    }
}
