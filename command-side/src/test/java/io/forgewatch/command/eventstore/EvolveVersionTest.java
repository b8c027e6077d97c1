package io.forgewatch.command.eventstore;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.personal.PersonalData;
import io.forgewatch.command.risk.Risk;
import io.forgewatch.command.risk.RiskModel;
import io.forgewatch.command.risk.RiskState;
import io.forgewatch.command.transparency.LogEpochs;
import io.forgewatch.command.wiring.Found;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.SubjectType;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.node.ObjectNode;

/** What the states of risk are made by belongs to their version: here the model is a class of its own and its figures are data. */
class EvolveVersionTest {

    private static final String ENTITY = "risk/GT370211000101";

    @Test
    void given_a_decider_when_its_code_is_gathered_then_what_it_calls_elsewhere_is_among_it() throws IOException {
        assertThat(EvolveVersion.code(Risk.class, RiskState.class))
                .containsKeys(
                        "io/forgewatch/command/risk/RiskModel",
                        "io/forgewatch/command/risk/OpenAlarm",
                        "io/forgewatch/event/risk/RiskLevel",
                        "io/forgewatch/event/risk/RiskOverride");
    }

    /** An event, an id or a subject that is added elsewhere leaves its snapshots what they are. */
    @ParameterizedTest
    @MethodSource("deciders")
    void given_a_decider_when_its_code_is_gathered_then_of_events_it_is_those_that_its_state_is_made_of(
            Decider<?, ?> decider) throws IOException {
        Class<?> state = Objects.requireNonNull(ResolvableType.forClass(decider.getClass())
                .as(Decider.class)
                .getGeneric(0)
                .resolve());
        Set<String> reached = EvolveVersion.code(decider.getClass(), state).keySet();

        assertThat(families()
                        .filter(family -> reached.contains(family.getName().replace('.', '/'))))
                .containsExactlyInAnyOrderElementsOf(selected(decider));
        assertThat(reached).doesNotContain("io/forgewatch/event/SubjectType");
    }

    @Test
    void given_the_smallest_decider_when_its_code_is_gathered_then_this_is_all_of_the_shared_language()
            throws IOException {
        assertThat(EvolveVersion.code(LogEpochs.class, LogEpochs.Newest.class).keySet())
                .filteredOn(name -> name.startsWith("io/forgewatch/event/"))
                .containsExactly(
                        "io/forgewatch/event/DomainEvent",
                        "io/forgewatch/event/Subject",
                        "io/forgewatch/event/Tag",
                        "io/forgewatch/event/transparency/TransparencyEvent",
                        "io/forgewatch/event/transparency/TransparencyEvent$Departed",
                        "io/forgewatch/event/transparency/TransparencyEvent$LogEpochOpened");
    }

    @Test
    void given_the_same_model_read_twice_when_versions_are_made_then_they_are_equal() throws IOException {
        assertThat(version(RiskModel.standard())).isEqualTo(version(RiskModel.standard()));
    }

    @Test
    void given_a_model_with_another_figure_when_versions_are_made_then_they_differ() throws IOException {
        assertThat(version(otherModel())).isNotEqualTo(version(RiskModel.standard()));
    }

    @Test
    void given_a_snapshot_when_the_model_is_replaced_then_it_is_not_used() {
        try (StoreBed bed = new StoreBed()) {
            Snapshots before = new Snapshots(bed.database());
            RiskState state = (RiskState) new Risk(RiskModel.standard()).initial("GT370211000101");
            before.take(new Risk(RiskModel.standard()), ENTITY, new EntityCache.Known(state, 7, 0));
            await().atMost(Duration.ofSeconds(20)).until(() -> before.has(ENTITY));

            assertThat(load(bed, RiskModel.standard())).isEqualTo(new EntityCache.Known(state, 7, 0));
            assertThat(load(bed, otherModel())).isNull();
        }
    }

    static List<Decider<?, ?>> deciders() {
        return Found.deciders();
    }

    /** The sealed interfaces of what a decider asks the store for. */
    private static Set<Class<? extends DomainEvent>> selected(Decider<?, ?> decider) {
        Set<Class<? extends DomainEvent>> records =
                selection(decider).criteria().stream().flatMap(each -> each.types().stream()).collect(toSet());
        return families()
                .filter(family -> records.stream().anyMatch(family::isAssignableFrom))
                .collect(toSet());
    }

    /** What is personal is decided on by its subject's kind and id. */
    private static Selection selection(Decider<?, ?> decider) {
        return decider.selection(
                decider instanceof PersonalData ? "enterprise/GT3702110001" : "GT3702110001010001");
    }

    private static Stream<Class<? extends DomainEvent>> families() {
        return Arrays.stream(SubjectType.values())
                .flatMap(type -> type.events().stream())
                .distinct();
    }

    /** As a process that is started with this model. */
    private static EntityCache.Known load(StoreBed bed, RiskModel model) {
        return new Snapshots(bed.database()).load(new Risk(model), ENTITY).block(Duration.ofSeconds(20));
    }

    private static String version(RiskModel model) throws IOException {
        return EvolveVersion.of(new Risk(model), RiskState.class);
    }

    private static RiskModel otherModel() {
        ObjectNode model = EventJson.MAPPER.valueToTree(RiskModel.standard());
        return EventJson.MAPPER.treeToValue(model.put("fallingMargin", 7.5), RiskModel.class);
    }
}
