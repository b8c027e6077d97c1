package io.forgewatch.command.feedback;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.feedback.FeedbackCommand.AcceptFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.ReturnFeedback;
import io.forgewatch.command.feedback.FeedbackCommand.SubmitFeedback;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers 反馈 of an enterprise to one warning, numbered from 1, and what the authority says of them (dossier §5). */
public final class Feedback implements Decider<Feedback.State, FeedbackCommand> {

    private static final Sourcing<State> SOURCING = Sourcing.from(new State(null, List.of(), Set.of()))
            .on(WarningEvent.class, Feedback::tag, Feedback::warned)
            .on(FeedbackEvent.class, Feedback::tag, Feedback::answered);

    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
    /** So many may wait for their verdict: of those to the newest demand, and of those that named an older one. */
    private static final int MOST_UNJUDGED = 20;

    /** In what is told of an answer: the newest demand, where it named an older one. */
    static final String SUPERSEDED_BY = "supersededBy";

    /**
     * @param progress of the warning; null when there is none
     * @param answers by number less one
     * @param superseded numbers of those that named an older demand and wait for their verdict
     */
    public record State(@Nullable WarningProgress progress, List<FeedbackVerdict> answers, Set<Integer> superseded) {
        public State {
            answers = List.copyOf(answers);
            superseded = Collections.unmodifiableSet(new LinkedHashSet<>(superseded));
        }

        State with(WarningProgress known) {
            return new State(known, answers, superseded);
        }

        State submitted(FeedbackSubmitted submitted, WarningProgress before) {
            List<FeedbackVerdict> all = new ArrayList<>(answers);
            all.add(FeedbackVerdict.PENDING);
            Set<Integer> older = new LinkedHashSet<>(superseded);
            if (submitted.demand() != Demand.UNNUMBERED
                    && submitted.demand() != before.demand().number()) {
                older.add(submitted.number());
            }
            return new State(progress, all, older);
        }

        State judged(Collection<Integer> numbers, FeedbackVerdict verdict) {
            List<FeedbackVerdict> all = new ArrayList<>(answers);
            numbers.forEach(number -> all.set(number - 1, verdict));
            Set<Integer> older = new LinkedHashSet<>(superseded);
            older.removeAll(numbers);
            return new State(progress, all, older);
        }
    }

    @Override
    public String name() {
        return "feedback";
    }

    @Override
    public Class<FeedbackCommand> commands() {
        return FeedbackCommand.class;
    }

    @Override
    public String key(FeedbackCommand command) {
        return command.warning().toString();
    }

    @Override
    public Sourcing<State> sourcing() {
        return SOURCING;
    }

    @Override
    public Decision decide(State state, FeedbackCommand command) {
        if (state.progress() == null) {
            return refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该预警。", "There is no such warning.");
        }
        if (state.progress().status() == WarningStatus.CLOSED) {
            return conflict("warning-closed", "该预警已消警。", "The warning is closed already.");
        }
        return switch (command) {
            case SubmitFeedback submit -> submit(state, state.progress(), submit);
            case AcceptFeedback accept -> accept(state, accept);
            case ReturnFeedback back -> giveBack(state, back);
        };
    }

    /** A verification that failed sends back every answer to the newest demand, those without a verdict too. */
    private static State warned(State state, WarningEvent event) {
        if (event instanceof WarningIssued issued) {
            return state.with(WarningProgress.issued(issued));
        }
        WarningProgress before = state.progress();
        if (before == null) {
            return state;
        }
        State judged =
                switch (event) {
                    case WarningVerified verified
                    when !verified.passed() ->
                        state.judged(before.demand().answers().keySet(), FeedbackVerdict.RETURNED);
                    case WarningIssued _,
                            WarningSegmentAdded _,
                            WarningSigned _,
                            WarningEscalated _,
                            WarningVerified _,
                            WarningClosed _ -> state;
                };
        return judged.with(before.after(event));
    }

    private static State answered(State state, FeedbackEvent event) {
        WarningProgress before = state.progress();
        if (before == null) {
            return state;
        }
        State judged =
                switch (event) {
                    case FeedbackSubmitted submitted -> state.submitted(submitted, before);
                    case FeedbackAccepted accepted ->
                        state.judged(List.of(accepted.number()), FeedbackVerdict.ACCEPTED);
                    case FeedbackReturned returned ->
                        state.judged(List.of(returned.number()), FeedbackVerdict.RETURNED);
                };
        return judged.with(before.after(event));
    }

    private static Tag tag(String warning) {
        return new Subject(SubjectType.WARNING, warning).tag();
    }

    private static Decision submit(State state, WarningProgress progress, SubmitFeedback command) {
        int newest = progress.demand().number();
        int demand = command.demand() == null ? newest : command.demand();
        if (demand < 1 || demand > newest) {
            return Decision.invalid(
                    "demand-unknown",
                    "demand",
                    "该预警没有第 " + demand + " 号要求。",
                    "The warning has no demand number " + demand + ".");
        }
        Decision notNow = demand == newest ? notNow(progress.status()) : null;
        if (notNow != null) {
            return notNow;
        }
        if (unjudged(state, progress, demand == newest) >= MOST_UNJUDGED) {
            return conflict(
                    "too-many-answers",
                    "待审核的反馈已达上限，请等待监管部门审核。",
                    "As many answers as may be wait for the authority's verdict already.");
        }
        if (command.occurredAt().isAfter(command.at().plus(CLOCKS_APART))) {
            return Decision.invalid(
                    "occurred-in-future", "occurredAt", "发生时间不能晚于当前时间。", "The time of occurrence is in the future.");
        }
        return submitted(state.answers().size() + 1, demand, newest, command);
    }

    /** Where there are that many to the newest demand it has an answer: it never waits for one that may not be given. */
    private static long unjudged(State state, WarningProgress progress, boolean toTheNewest) {
        return toTheNewest
                ? progress.demand().answers().values().stream()
                        .filter(verdict -> verdict == FeedbackVerdict.PENDING)
                        .count()
                : state.superseded().size();
    }

    /** Why the newest demand takes no answer now; null when it does. */
    private static @Nullable Decision notNow(WarningStatus status) {
        return switch (status) {
            case UNSIGNED -> conflict("warning-not-signed", "请先签收该预警。", "Sign the warning first.");
            case TO_VERIFY ->
                conflict(
                        "warning-awaits-verification",
                        "反馈已通过，等待核查。",
                        "An answer was accepted already; the warning awaits verification.");
            case SIGNED, HANDLING, ANSWERED, CLOSED -> null;
        };
    }

    /** An answer to an older demand is kept, meets nothing, and says so. */
    private static Decision submitted(int number, int demand, int newest, SubmitFeedback command) {
        String id = command.warning().toString();
        Map<String, Object> answer = demand == newest
                ? Map.of("warning", id, "number", number, "demand", demand)
                : Map.of("warning", id, "number", number, "demand", demand, SUPERSEDED_BY, newest);
        return Decision.answering(
                answer,
                new FeedbackSubmitted(
                        id,
                        number,
                        demand,
                        command.cause(),
                        command.measures(),
                        command.person().sealed(),
                        command.occurredAt(),
                        command.by(),
                        command.at()));
    }

    private static Decision accept(State state, AcceptFeedback command) {
        String id = command.warning().toString();
        Map<String, Object> answer = Map.of("warning", id, "number", command.number());
        return switch (verdict(state, command.number())) {
            case null -> noSuchAnswer();
            case ACCEPTED -> Decision.answering(answer);
            case RETURNED -> conflict("feedback-returned", "该反馈已被退回。", "The answer was sent back already.");
            case PENDING ->
                Decision.answering(answer, new FeedbackAccepted(id, command.number(), command.by(), command.at()));
        };
    }

    private static Decision giveBack(State state, ReturnFeedback command) {
        String id = command.warning().toString();
        Map<String, Object> answer = Map.of("warning", id, "number", command.number());
        return switch (verdict(state, command.number())) {
            case null -> noSuchAnswer();
            case RETURNED -> Decision.answering(answer);
            case ACCEPTED -> conflict("feedback-accepted", "该反馈已通过。", "The answer was accepted already.");
            case PENDING ->
                Decision.answering(
                        answer,
                        new FeedbackReturned(id, command.number(), command.reason(), command.by(), command.at()));
        };
    }

    private static @Nullable FeedbackVerdict verdict(State state, int number) {
        return number < 1 || number > state.answers().size()
                ? null
                : state.answers().get(number - 1);
    }

    private static Decision noSuchAnswer() {
        return refused(Refusal.Kind.NOT_FOUND, "not-found", "没有该反馈。", "There is no such answer.");
    }

    private static Decision conflict(String code, String zh, String en) {
        return refused(Refusal.Kind.CONFLICT, code, zh, en);
    }

    private static Decision refused(Refusal.Kind kind, String code, String zh, String en) {
        return Decision.refused(kind, code, zh, en);
    }
}
