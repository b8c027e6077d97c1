package io.forgewatch.command.decision;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.wiring.Found;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.risk.RiskEvent;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Of every decider there is, on whatever history: what its state is made of is what it asks the store for. */
class SourcingProperties {

    private static final List<Decider<?, ?>> DECIDERS = Found.deciders();

    @Property(tries = 300)
    void given_any_history_when_what_is_not_asked_for_is_left_out_then_the_state_is_the_same(@ForAll long seed) {
        List<DomainEvent> history = RandomHistories.of(new Random(seed), 30);

        DECIDERS.forEach(decider -> {
            Set<Class<? extends DomainEvent>> asked = asked(decider);
            assertThat(state(decider, history.stream()))
                    .as(decider.name())
                    .isEqualTo(state(decider, history.stream().filter(event -> asked.contains(event.getClass()))));
        });
    }

    /** Else what is said above would be said of nothing. */
    @Example
    void given_many_histories_when_states_are_made_then_each_decider_s_changes() {
        DECIDERS.forEach(decider -> assertThat(LongStream.range(0, 60)
                        .mapToObj(seed -> RandomHistories.of(new Random(seed), 40))
                        .anyMatch(history -> !state(decider, history.stream()).equals(state(decider, Stream.of()))))
                .as(decider.name())
                .isTrue());
    }

    @Example
    void given_lines_of_several_capabilities_when_a_state_is_sourced_then_selection_and_steps_are_those_lines() {
        Sourcing<Integer> sourcing = Sourcing.from(0)
                .on(AlarmAcknowledged.class, Tag::within, (state, _) -> state + 1)
                .on(RiskEvent.class, Tag::within, (state, _) -> state + 100)
                .on(AlarmCleared.class, key -> new Tag("alarm", key), (state, _) -> 0);

        assertThat(sourcing.selection("K").criteria())
                .extracting(Selection.Criterion::tags)
                .containsExactly(Set.of(Tag.within("K")), Set.of(new Tag("alarm", "K")));
        for (DomainEvent event : RandomHistories.of(new Random(1), 500)) {
            int expected =
                    switch (event) {
                        case AlarmAcknowledged _ -> 8;
                        case RiskEvent _ -> 107;
                        case AlarmCleared _ -> 0;
                        default -> 7;
                    };
            assertThat(sourcing.evolve(7, event)).isEqualTo(expected);
        }
    }

    @Example
    void given_an_event_that_is_named_twice_when_a_sourcing_is_made_then_it_is_refused() {
        Sourcing<Integer> sourcing = Sourcing.from(0).on(AlarmEvent.class, Tag::within, (state, _) -> state);

        assertThatThrownBy(() -> sourcing.on(AlarmCleared.class, Tag::within, (state, _) -> state))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AlarmCleared");
    }

    private static Set<Class<? extends DomainEvent>> asked(Decider<?, ?> decider) {
        return decider.selection(key(decider)).criteria().stream()
                .flatMap(each -> each.types().stream())
                .collect(toSet());
    }

    /** Anything follows anything here; what a state makes of nonsense is part of what must be the same. */
    private static <S> Object state(Decider<S, ?> decider, Stream<DomainEvent> history) {
        S state = decider.initial(key(decider));
        for (DomainEvent event : history.toList()) {
            state = after(decider, state, event);
        }
        return state;
    }

    private static <S> S after(Decider<S, ?> decider, S state, DomainEvent event) {
        try {
            return decider.evolve(state, event);
        } catch (IndexOutOfBoundsException noSuchAnswer) {
            return state;
        }
    }

    private static String key(Decider<?, ?> decider) {
        return decider.name().equals("personal-data")
                ? "enterprise/" + RandomHistories.ENTERPRISE
                : RandomHistories.DEVICE;
    }
}
