package io.forgewatch.command.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.CommandSide;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a works lived through under an earlier release, opened by this one: everything is as it was told then. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptLifeTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    private final KeptLife kept = new KeptLife();
    private Broker broker;
    private ConfigurableApplicationContext side;

    @BeforeAll
    void open(@TempDir Path folder) {
        broker = Broker.start(folder.resolve("kafka"));
        side = CommandSide.start(SideClient.properties(kept.properties(), kept.restored(), broker.bootstrap(), folder));
    }

    @AfterAll
    void close() {
        side.close();
        broker.close();
    }

    @Test
    void given_all_that_can_happen_to_a_works_when_read_then_every_event_is_of_the_name_that_it_was_stored_by() {
        List<RecordedEvent> events = side.getBean(EventFeed.class)
                .after(0)
                .take(kept.head())
                .collectList()
                .block(LONG);

        assertThat(events)
                .extracting(event -> EventTypes.of(event.event()).name())
                .containsExactlyElementsOf(kept.read("events/events").stream()
                        .sorted(Comparator.comparingLong(
                                row -> row.required("position").asLong()))
                        .limit(kept.head())
                        .map(row -> row.required("name").asString())
                        .toList());
    }

    /** Its fields as well: a row is written anew by whoever moves its date, and read by instances of both releases. */
    @Test
    void given_commands_that_wait_when_read_then_they_are_written_again_as_they_were() {
        List<JsonNode> waiting = kept.read("events/due_dates");
        assertThat(waiting).isNotEmpty();

        assertThat(waiting).allSatisfy(row -> {
            JsonNode stored = EventJson.MAPPER.readTree(row.required("command").asString());
            Command command = EventJson.MAPPER.treeToValue(
                    stored,
                    side.getBean(DeciderNames.class)
                            .named(row.required("command_name").asString()));
            assertThat(EventJson.MAPPER.<JsonNode>valueToTree(command)).isEqualTo(stored);
        });
    }

    @Test
    void given_histories_that_were_told_when_asked_again_then_each_state_and_every_change_is_the_same()
            throws Exception {
        SideClient ministry = new SideClient(side, kept.properties());
        List<JsonNode> histories = kept.read("histories");
        assertThat(histories)
                .extracting(told -> told.required("subject").asString().split("/", 2)[0])
                .contains("alarm", "device", "enterprise", "risk", "warning");

        for (JsonNode told : histories) {
            String subject = told.required("subject").asString();
            JsonNode now = Objects.requireNonNull(
                    ministry.get("/audit/subjects/" + subject + "/history?limit=100&position=" + kept.head()), subject);
            assertThat(now.required("then")).as(subject).isEqualTo(told.required("then"));
            assertThat(now.required("changes").required("items"))
                    .as("changes of %s", subject)
                    .isEqualTo(told.required("changes"));
        }
    }

    @Test
    void given_accounts_of_then_when_they_sign_in_then_they_are_who_they_were() throws Exception {
        SideClient county = new SideClient(side, kept.properties()).known("PROVINCE", "region:370211");

        assertThat(Objects.requireNonNull(county.get("/auth/me"))
                        .required("jurisdiction")
                        .asString())
                .isEqualTo("region:370211");
    }
}
