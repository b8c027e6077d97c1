package io.forgewatch.command.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningProgress;
import io.forgewatch.event.warning.WarningStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever happens to a works in whichever order, what its warnings tell and when they close holds. */
class DemandProperties {

    private static final EnterpriseId WORKS = new EnterpriseId(Alarms.ENTERPRISE);

    enum Kind {
        RAISE_A,
        RAISE_B,
        RAISE_C,
        BACK,
        AGAIN,
        CLEAR,
        ASSESS,
        SIGN,
        ANSWER,
        ACCEPT,
        RETURN,
        VERIFY,
        FAIL,
        CLOSE
    }

    /**
     * @param which chooses among what it could happen to
     * @param seconds after the one before
     */
    record Step(Kind kind, int which, int seconds) {}

    @Provide
    Arbitrary<List<Step>> lives() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(0, 1, 5, 60, 301, 599, 601, 3_600, 30_000))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    @Property(tries = 500)
    void what_is_told_lies_ahead_and_nothing_closes_while_anything_counts(@ForAll("lives") List<Step> steps) {
        Life life = new Life();
        steps.forEach(life::happens);

        assertThat(life.left()).isEmpty();
    }

    /** A works as its events say, with a model of its own of what is open and told. */
    private static final class Life {
        private final Warning warning = new Warning(Catalogue.standard(), Warnings.RULES);
        private final Map<String, AlarmRaised> open = new LinkedHashMap<>();
        private final Map<String, Boolean> back = new LinkedHashMap<>();
        private final TreeSet<Instant> looks = new TreeSet<>();
        private final List<Integer> answered = new ArrayList<>();
        private WarningState state = warning.initial("");
        private Instant now = Alarms.START;
        private int alarms;
        private @Nullable Demand demand;
        private Instant demandedAt = Instant.MIN;

        void happens(Step step) {
            Instant until = now.plusSeconds(step.seconds());
            while (!looks.isEmpty() && !looks.first().isAfter(until)) {
                now = looks.pollFirst();
                consider();
            }
            now = until;
            List<AlarmRaised> some = List.copyOf(open.values());
            AlarmRaised one = some.isEmpty() ? null : some.get(step.which() % some.size());
            switch (step.kind()) {
                case RAISE_A -> raise(Limit.LL, Severity.A);
                case RAISE_B -> raise(Limit.H, Severity.B);
                case RAISE_C -> raise(Limit.H, Severity.C);
                case BACK -> {
                    if (one != null && back.put(one.alarmId(), true) == null) {
                        fold(new AlarmReturned(one.alarmId(), 1.0, now));
                    }
                }
                case AGAIN -> {
                    if (one != null && back.remove(one.alarmId()) != null) {
                        fold(new AlarmBreachedAgain(one.alarmId(), one.limit(), 1.0, 0, now));
                    }
                }
                case CLEAR -> {
                    if (one != null) {
                        open.remove(one.alarmId());
                        fold(new AlarmCleared(one.alarmId(), "li", "c", "m", now));
                    }
                }
                case ASSESS ->
                    fold(Warnings.assessed(
                            RiskLevel.values()[step.which()],
                            Duration.between(Alarms.START, now).toMillis() / 60_000.0));
                case SIGN, ANSWER, ACCEPT, RETURN, VERIFY, FAIL -> people(step);
                case CLOSE -> {}
            }
            consider();
            close();
        }

        private void raise(Limit limit, Severity severity) {
            AlarmRaised raised = Warnings.alarm(
                    "X_" + alarms++,
                    limit,
                    severity,
                    Duration.between(Alarms.START, now).toMillis() / 60_000.0);
            open.put(raised.alarmId(), raised);
            fold(raised);
        }

        private void people(Step step) {
            OpenWarning warned = state.open();
            if (warned == null) {
                return;
            }
            WarningStatus status = warned.progress().status();
            int number = answered.isEmpty() ? 0 : 1 + step.which() % answered.size();
            switch (step.kind()) {
                case SIGN -> fold(new WarningSigned(warned.id(), "zhao", now));
                case ANSWER -> answer(warned, status, step.which());
                case ACCEPT -> {
                    if (number > 0 && answered.get(number - 1) == 0) {
                        answered.set(number - 1, 1);
                        fold(new FeedbackAccepted(warned.id(), number, "qian", now));
                    }
                }
                case RETURN -> {
                    if (number > 0 && answered.get(number - 1) == 0) {
                        answered.set(number - 1, 1);
                        fold(new FeedbackReturned(warned.id(), number, "r", "qian", now));
                    }
                }
                default -> {
                    if (status == WarningStatus.TO_VERIFY) {
                        fold(new WarningVerified(warned.id(), step.kind() == Kind.VERIFY, "n", "qian", now));
                    }
                }
            }
        }

        private void answer(OpenWarning warned, WarningStatus status, int which) {
            int newest = warned.progress().demand().number();
            int named = Math.max(1, newest - which);
            if (named < newest || (status != WarningStatus.UNSIGNED && status != WarningStatus.TO_VERIFY)) {
                answered.add(0);
                fold(new FeedbackSubmitted(
                        warned.id(), answered.size(), named, "c", "m", PersonalText.plain("w"), now, "zhao", now));
            }
        }

        private void consider() {
            decide(new ConsiderWarning(WORKS, now));
        }

        private void close() {
            decide(new CloseWarningWhenDone(WORKS, now));
        }

        private void decide(WarningCommand command) {
            for (DomainEvent event : ((Decision.Accepted) warning.decide(state, command)).events()) {
                told((WarningEvent) event);
                fold(event);
            }
        }

        private void told(WarningEvent event) {
            switch (event) {
                case WarningIssued issued -> {
                    answered.clear();
                    demandedAt = Instant.MIN;
                    ahead(issued.demand());
                    looks.add(issued.gathersUntil());
                }
                case WarningSegmentAdded added -> {
                    if (added.demand() != null) {
                        ahead(added.demand());
                    }
                    if (added.demandsAt() != null) {
                        assertThat(added.demandsAt()).isAfter(now);
                        looks.add(added.demandsAt());
                    }
                    assertThat(added.alarms()).hasSizeLessThanOrEqualTo(Issuing.MOST_NAMED);
                    looks.add(added.gathersUntil());
                }
                case WarningClosed closed -> {
                    assertThat(open.values()).allMatch(alarm -> alarm.severity() == Severity.C);
                    WarningProgress progress =
                            java.util.Objects.requireNonNull(state.open()).progress();
                    assertThat(progress.demand().isMet()).isTrue();
                    assertThat(progress.demand().number())
                            .isEqualTo(java.util.Objects.requireNonNull(demand).number());
                }
                default -> {}
            }
        }

        private void ahead(Demand made) {
            assertThat(made.deadlines().sign()).isAfter(now);
            assertThat(made.deadlines().feedback()).isAfter(now);
            assertThat(made.deadlines().resolve()).isAfter(now);
            if (made.deadlines().verify() != null) {
                assertThat(made.deadlines().verify()).isAfter(now);
            }
            assertThat(made.number()).isEqualTo(demandedAt.equals(Instant.MIN) ? 1 : numberAfter());
            demand = made;
            demandedAt = now;
        }

        private int numberAfter() {
            return java.util.Objects.requireNonNull(demand).number() + 1;
        }

        private void fold(DomainEvent event) {
            state = warning.evolve(state, event);
        }

        /** What nobody was told of when all that was waited for has come. */
        List<NotedAlarm> left() {
            while (!looks.isEmpty()) {
                now = looks.pollFirst();
                consider();
            }
            return state.open() == null || state.level() == RiskLevel.BLUE
                    ? List.of()
                    : state.news(Warnings.RULES.pace().again());
        }
    }
}
