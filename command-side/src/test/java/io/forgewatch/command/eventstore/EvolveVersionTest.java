package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.risk.Risk;
import io.forgewatch.command.risk.RiskModel;
import io.forgewatch.command.risk.RiskState;
import io.forgewatch.event.EventJson;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
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

    @Test
    void tmp() throws IOException {
        for (var d : java.util.List.of(
                new io.forgewatch.command.alarm.Alarm(io.forgewatch.event.equipment.Catalogue.standard()),
                new Risk(RiskModel.standard()),
                new io.forgewatch.command.transparency.LogEpochs(),
                new io.forgewatch.command.connectivity.Connectivity(),
                new io.forgewatch.command.feedback.Feedback(),
                new io.forgewatch.command.personal.PersonalData(),
                new io.forgewatch.command.enterprise.Enterprise())) {
            Object s = d.initial("GT3702110001-W1");
            System.out.println("XX " + d.name() + " " + EvolveVersion.code(d.getClass(), s.getClass()).keySet());
        }
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
