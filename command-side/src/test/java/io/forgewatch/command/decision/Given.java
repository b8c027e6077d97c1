package io.forgewatch.command.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.KeptState;
import io.forgewatch.event.DomainEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For tests of deciders: given events, when a command, then events, nothing or a refusal. Each state goes through a snapshot on its
 * way, so that every decision tested also shows that the state survives that.
 */
public final class Given<S, C extends Command> {

    private final Decider<S, C> decider;
    private final List<DomainEvent> past = new ArrayList<>();

    private Given(Decider<S, C> decider, List<DomainEvent> past) {
        this.decider = decider;
        this.past.addAll(past);
    }

    public static <S, C extends Command> Given<S, C> nothing(Decider<S, C> decider) {
        return new Given<>(decider, List.of());
    }

    public Given<S, C> and(DomainEvent... events) {
        return and(Arrays.asList(events));
    }

    /** Takes what the command leads to into the past. */
    public Given<S, C> and(C command) {
        return and(accepted(command));
    }

    /** What was given before stays as it was. */
    private Given<S, C> and(List<DomainEvent> events) {
        Given<S, C> longer = new Given<>(decider, past);
        longer.past.addAll(events);
        return longer;
    }

    public Then when(C command) {
        return new Then(decide(command));
    }

    public List<DomainEvent> accepted(C command) {
        Decision decision = decide(command);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decision).events();
    }

    public S state() {
        S state = decider.initial("");
        for (DomainEvent event : past) {
            state = decider.evolve(state, event);
        }
        return KeptState.readBack(state);
    }

    private Decision decide(C command) {
        return decider.decide(state(), command);
    }

    /** What came of it. */
    public record Then(Decision decision) {

        public void then(DomainEvent... events) {
            assertThat(events()).containsExactly(events);
        }

        public void thenNothing() {
            assertThat(events()).isEmpty();
        }

        public List<DomainEvent> events() {
            assertThat(decision).isInstanceOf(Decision.Accepted.class);
            return ((Decision.Accepted) decision).events();
        }

        public <E extends DomainEvent> E only(Class<E> type) {
            assertThat(events()).hasSize(1);
            assertThat(events().getFirst()).isInstanceOf(type);
            return type.cast(events().getFirst());
        }

        public void thenRefused(Refusal.Kind kind, String code) {
            assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
                assertThat(refused.refusal().kind()).isEqualTo(kind);
                assertThat(refused.refusal().code()).isEqualTo(code);
                assertThat(refused.refusal().zh()).isNotBlank();
                assertThat(refused.refusal().en()).isNotBlank();
            });
        }
    }
}
