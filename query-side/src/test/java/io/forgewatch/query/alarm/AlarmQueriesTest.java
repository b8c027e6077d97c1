package io.forgewatch.query.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Changed;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.Serving;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.Heards;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.Order;
import io.forgewatch.query.web.Region;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class AlarmQueriesTest {

    private static final String WORKS = "GT3702110001";
    private static final String DEVICE = Story.device(WORKS);
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final Caller NATION =
            new Caller("ministry", Role.MINISTRY, new Jurisdiction.Nation(), START.plusSeconds(3_600));

    private Store store;
    private final Heards frames = new Heards(START);
    private LiveReadings live = frames.live();

    @BeforeEach
    void a_store() {
        store = new Store();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private AlarmQueries reading(int version) {
        return new AlarmQueries(
                new View<>(
                        Reads.of(store.database()),
                        AlarmConfiguration.NAME,
                        new AlarmFold(),
                        Serving.version(AlarmConfiguration.NAME.name(), version)),
                live);
    }

    private List<String> ids(int version, String... parameters) {
        return reading(version).page(NATION, asked(parameters)).block().items().stream()
                .map(AlarmView::id)
                .toList();
    }

    private static ListParameters asked(String... parameters) {
        Map<String, List<String>> query = Arrays.stream(parameters)
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
        return ListParameters.of("/alarms", query, List.of("subject", "open", "deviceId", "status", "severity"));
    }

    /** As the first release kept them: no subject, no points, no field for what is open. */
    private String ofBefore(AlarmStatus status, int order) {
        String id = DEVICE + ".BF_CW_P.LOW." + START.plusSeconds(order).toEpochMilli();
        Document document = new Document("_id", id).append("position", (long) order);
        document.putAll(Region.keys(WORKS));
        document.append(Order.FIELD, (long) order)
                .append("deviceId", DEVICE)
                .append("status", status.name())
                .append("severity", "A");
        Document content = new Document("id", id)
                .append("enterpriseId", WORKS)
                .append("deviceId", DEVICE)
                .append("indicator", "BF_CW_P")
                .append("direction", "LOW")
                .append("limit", "L")
                .append("severity", "A")
                .append("status", status.name())
                .append("value", 0.18)
                .append("unit", "MPa")
                .append("raisedAt", "2026-11-24T08:00:00.000Z")
                .append("returnedAt", null)
                .append("clearedAt", null)
                .append("continues", null)
                .append("shelvedUntil", null)
                .append("suppressed", false)
                .append("falseAlarm", false);
        document.append(
                "content",
                new Document("order", (long) order)
                        .append("acknowledged", false)
                        .append("alarm", content));
        Mono.from(store.database().getCollection("alarms_v1").insertOne(document))
                .block();
        return id;
    }

    @Test
    void given_only_documents_of_the_first_version_when_open_ones_or_a_device_s_are_asked_for_then_they_are_found() {
        String active = ofBefore(AlarmStatus.ACTIVE, 1);
        String acknowledged = ofBefore(AlarmStatus.ACKNOWLEDGED, 2);
        String returned = ofBefore(AlarmStatus.RETURNED, 3);
        String cleared = ofBefore(AlarmStatus.CLEARED, 4);

        assertThat(ids(1)).containsExactly(cleared, returned, acknowledged, active);
        assertThat(ids(1, "open=true")).containsExactly(returned, acknowledged, active);
        assertThat(ids(1, "open=false")).containsExactly(cleared);
        assertThat(ids(1, "subject=" + DEVICE)).hasSize(4);
        assertThat(ids(1, "subject=" + Story.device("GT3702110002"))).isEmpty();
        assertThat(reading(1).one(NATION, active).block()).satisfies(alarm -> {
            assertThat(alarm.subject()).isEqualTo(DEVICE);
            assertThat(alarm.points()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKS + "-G1", WORKS})
    void given_only_documents_of_the_first_version_when_another_subject_is_asked_for_then_the_view_is_being_built(
            String subject) {
        assertThatThrownBy(() -> ids(1, "subject=" + subject)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.code()).isEqualTo("view-building");
        });
        assertThat(ids(2, "subject=" + subject)).isEmpty();
    }

    @Test
    void given_a_subject_that_is_none_when_asked_for_then_it_is_refused_whatever_is_read() {
        assertThatThrownBy(() -> ids(1, "subject=x"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    private String kept(Story story, boolean late) {
        AlarmId id = new AlarmId(DEVICE, "BF_CW_P", Direction.LOW, story.now().toEpochMilli());
        AlarmFold fold = new AlarmFold();
        var raised = story.alarmOf(id, Limit.L, late);
        new Documents<>(store.database(), "alarms_v2", fold)
                .write(List.of(new Changed<>(
                        new Held<>(id.toString(), raised.position(), fold.after(null, id.toString(), raised)), 0)))
                .block();
        return id.toString();
    }

    @Test
    void given_an_open_alarm_when_its_point_falls_silent_then_it_shows_since_when_in_detail_and_list() {
        Story story = new Story(START);
        String open = kept(story, false);
        story.pass(1);
        String late = kept(story, true);
        frames.reading(DEVICE, "BF_CW_P", 0.18);
        Instant last = frames.now();

        frames.pass(30);
        assertThat(reading(2).one(NATION, open).block().unseenSince()).isNull();

        frames.pass(90);
        assertThat(reading(2).one(NATION, open).block().unseenSince()).isEqualTo(last);
        assertThat(reading(2).page(NATION, asked("open=true")).block().items())
                .extracting(AlarmView::unseenSince)
                .containsExactly(last);
        assertThat(reading(2).one(NATION, late).block().unseenSince())
                .as("of one that is over")
                .isNull();

        frames.reading(DEVICE, "BF_CW_P", 0.42);
        assertThat(reading(2).one(NATION, open).block().unseenSince()).isNull();
    }

    @Test
    void given_we_hear_nothing_ourselves_when_an_open_alarm_is_read_then_it_is_not_called_unseen() {
        String open = kept(new Story(START), false);
        frames.reading(DEVICE, "BF_CW_P", 0.18);

        frames.standStill(1_200);

        assertThat(reading(2).one(NATION, open).block().unseenSince()).isNull();
    }

    @Test
    void given_nothing_is_known_of_a_point_when_its_alarm_is_read_then_it_is_not_called_unseen() {
        live = new LiveReadings(Clock.fixed(START, ZoneOffset.UTC));

        assertThat(reading(2).one(NATION, kept(new Story(START), false)).block().unseenSince())
                .isNull();
    }
}
