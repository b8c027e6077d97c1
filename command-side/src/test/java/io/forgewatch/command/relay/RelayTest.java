package io.forgewatch.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;

@Timeout(180)
class RelayTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SEVERAL_LOOKS = Duration.ofSeconds(5);

    private static Broker broker;

    @Nullable
    private static ConsumerRecord<byte[], byte[]> newest;

    private final StoreBed bed = new StoreBed();

    @BeforeAll
    static void broker(@TempDir Path folder) {
        broker = Broker.start(folder);
    }

    @AfterAll
    static void stopped() {
        broker.close();
    }

    @AfterEach
    void emptied() throws Exception {
        bed.close();
        deleteTopic();
    }

    @Test
    void givenEventsOldAndNew_whenTheRelayIsStoppedAndAnotherGoesOn_thenKafkaHasEachOnceInOrder() {
        append(bed, 30);
        Relay first = relay(bed);
        Relay waiting = relay(bed);
        first.start();
        append(bed, 30);
        await().atMost(LONG).until(() -> has(60));
        waiting.start();
        append(bed, 10);
        await().atMost(LONG).until(() -> has(70));

        first.stop();
        append(bed, 30);
        await().atMost(LONG).until(() -> has(100));
        waiting.stop();

        assertHasEach(100);
    }

    @Test
    void givenAnEventOfANameThatOnlyNewerCodeKnows_whenRelayed_thenItIsPassedOnAsItIsStored() {
        append(bed, 1);
        bed.given(List.of(new RecordedEvent(
                0,
                UUID.randomUUID(),
                Instant.EPOCH,
                Actor.account("alice"),
                new ForeignEvent(
                        "ManholeOpened",
                        7,
                        Set.of(new Tag("manhole", "7"), Tag.within("GT3702110001")),
                        "{\"depth\":{\"metres\":3}}"))));
        try (StoreBed restarted = new StoreBed(bed.address())) {
            Relay relay = relay(restarted);
            relay.start();
            await().atMost(LONG).until(() -> has(2));
            String passedOn = new String(newest.value(), StandardCharsets.UTF_8);
            assertThat(passedOn)
                    .contains("\"name\":\"ManholeOpened\",\"version\":7", "\"payload\":{\"depth\":{\"metres\":3}}");
            assertThat(new String(newest.key(), StandardCharsets.UTF_8)).isEqualTo("GT3702110001");
            append(restarted, 1);
            await().atMost(LONG).until(() -> has(3));
            relay.stop();
        }
        assertHasEach(3);
    }

    @Test
    void givenTheLargestEventThatTheStoreTakes_whenRelayed_thenKafkaTakesItToo() {
        // Three bytes a character; what is stored beside them still fits into 1 MiB.
        WarningSigned large = new WarningSigned("GT3702110001-W1", "预".repeat(349_400), Instant.EPOCH);
        assertThat(EventJson.payload(large).length).isBetween((1 << 20) - 1_024, 1 << 20);
        bed.given(List.of(new RecordedEvent(0, UUID.randomUUID(), Instant.EPOCH, Actor.account("alice"), large)));
        append(bed, 1);

        Relay relay = relay(bed);
        relay.start();

        await().atMost(LONG).until(() -> has(2));
        relay.stop();
        assertHasEach(2);
    }

    @Test
    void givenATopicThatWasLost_whenTheRelayBegins_thenItIsWrittenFromTheFirstEventOn() throws Exception {
        copied(bed, 20);
        deleteTopic();

        Relay after = relay(bed);
        after.start();
        append(bed, 5);
        await().atMost(LONG).until(() -> has(25));
        after.stop();
        assertHasEach(25);
    }

    @Test
    void givenATopicThatIsLostUnderARelayAtWork_whenItIsMissed_thenItIsWrittenFromTheFirstEventOn() throws Exception {
        append(bed, 20);
        Relay relay = relay(bed);
        relay.start();
        await().atMost(LONG).until(() -> has(20));

        deleteTopic();
        append(bed, 5);
        await().atMost(LONG).until(() -> has(25));
        append(bed, 5);
        await().atMost(LONG).until(() -> has(30));
        relay.stop();
        assertHasEach(30);
    }

    @Test
    void givenATopicThatLostItsBeginningUnderARelayAtWork_whenItIsMissed_thenNothingIsSentUntilItIsWrittenAnew()
            throws Exception {
        append(bed, 20);
        Relay relay = relay(bed);
        relay.start();
        await().atMost(LONG).until(() -> has(20));
        assertThat(relay.writeAnew().block()).isFalse();

        deleteRecordsBefore(7);
        await().atMost(LONG).until(() -> relay.stray().isPresent());
        assertThat(relay.stray().orElseThrow().en())
                .contains("from position 8 to 20 with 13 records", "/relay/rebuild");
        append(bed, 5);
        await().during(SEVERAL_LOOKS).until(() -> positions().size() == 13);
        assertThat(relay.copy().block()).extracting(Copy::events, Copy::copied).containsExactly(25L, 20L);

        assertThat(relay.writeAnew().block()).isTrue();
        await().atMost(LONG).until(() -> has(25));
        assertThat(relay.copy().block()).isEqualTo(new Copy(25, 25, null));
        relay.stop();
        assertHasEach(25);
    }

    @Test
    void givenNoTopic_whenAskedHowTheCopyStands_thenItHasNothingAndNoneIsMade() throws Exception {
        append(bed, 3);

        assertThat(relay(bed).copy().block()).isEqualTo(new Copy(3, 0, null));

        assertThat(topics()).isEmpty();
    }

    @Test
    void givenATopicThatSomebodyElseMade_whenTheRelayBegins_thenItIsKeptForEver() throws Exception {
        asked(admin -> admin.createTopics(List.of(new NewTopic(KafkaEventTopic.NAME, 1, (short) 1)
                        .configs(Map.of("retention.ms", "604800000", "cleanup.policy", "compact"))))
                .all());

        copied(bed, 3);

        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, KafkaEventTopic.NAME);
        Config kept =
                asked(admin -> admin.describeConfigs(List.of(topic)).all()).get(topic);
        assertThat(kept.get("retention.ms").value()).isEqualTo("-1");
        assertThat(kept.get("retention.bytes").value()).isEqualTo("-1");
        assertThat(kept.get("cleanup.policy").value()).isEqualTo("delete");
    }

    @Test
    void givenATopicWithADoubleThatLostItsFirst_whenTheRelayBegins_thenNothingIsSentUntilItIsWrittenAnew()
            throws Exception {
        copied(bed, 5);
        RecordedEvent fifth = bed.feed().after(4).blockFirst(LONG);
        new KafkaEventTopic(broker.bootstrap(), (short) 1)
                .send(new EventTopic.Last(5, fifth.id(), 1, 0, 5), Flux.just(fifth))
                .blockFirst(LONG);
        deleteRecordsBefore(1);

        Relay relay = relay(bed);
        relay.start();
        await().atMost(LONG).until(() -> relay.stray().isPresent());
        assertThat(relay.stray().orElseThrow().en()).contains("from position 2 to 5 with 5 records");
        relay.stop();
    }

    @Test
    void givenAStoreThatLostEvents_whenTheRelayBegins_thenNothingIsSentUntilTheTopicIsWrittenAnew() {
        copied(bed, 20);
        try (StoreBed restored = new StoreBed()) {
            append(restored, 10);
            Relay relay = relay(restored);
            relay.start();
            await().atMost(LONG).until(() -> relay.stray().isPresent());
            assertThat(relay.stray().orElseThrow().en()).contains("position 20").contains("/relay/rebuild");
            assertThat(relay.stray().orElseThrow().zh()).contains("20").contains("/relay/rebuild");
            assertThat(new RelayHealth(relay).health().block().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            append(restored, 15);
            await().during(SEVERAL_LOOKS).until(() -> positions().size() == 20);

            assertThat(relay.writeAnew().block()).isTrue();
            await().atMost(LONG).until(() -> has(25));
            assertThat(relay.stray()).isEmpty();
            assertThat(relay.writeAnew().block()).isFalse();
            relay.stop();
            assertHasEach(25);
        }
    }

    @Test
    void givenARecordThatNoRelayWrote_whenTheRelayBegins_thenNothingIsSentUntilTheTopicIsWrittenAnew()
            throws Exception {
        copied(bed, 5);
        try (KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            stranger.send(new ProducerRecord<>(KafkaEventTopic.NAME, 0, new byte[0], new byte[] {1}))
                    .get();
        }

        Relay relay = relay(bed);
        relay.start();
        await().atMost(LONG).until(() -> relay.stray().isPresent());
        assertThat(relay.writeAnew().block()).isTrue();
        await().atMost(LONG).until(() -> has(5));
        relay.stop();
        assertHasEach(5);
    }

    @Test
    void givenTwoWhoFoundTheTopicStray_whenTheSecondEmptiesItLate_thenWhatWasWrittenAnewStays() {
        copied(bed, 20);
        try (StoreBed restored = new StoreBed()) {
            append(restored, 10);
            Relay relay = relay(restored);
            relay.start();
            EventTopic topic = new KafkaEventTopic(broker.bootstrap(), (short) 1);
            EventTopic.Last seenBySecond = topic.last().block();

            relay.writeAnew().block();
            await().atMost(LONG).until(() -> has(10));
            topic.clear(seenBySecond).block();
            append(restored, 5);
            await().atMost(LONG).until(() -> positions().contains(15L));
            relay.stop();
            assertHasEach(15);
        }
    }

    /** So many events, which a relay has sent on; then it stopped. */
    private static void copied(StoreBed bed, int count) {
        append(bed, count);
        Relay relay = relay(bed);
        relay.start();
        await().atMost(LONG).until(() -> has(count));
        relay.stop();
    }

    private static void assertHasEach(int events) {
        assertThat(positions())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events).boxed().toList());
    }

    private static void deleteTopic() throws Exception {
        asked(admin -> admin.deleteTopics(topics()).all());
        await().until(() -> topics().isEmpty());
    }

    private static void deleteRecordsBefore(long offset) throws Exception {
        TopicPartition partition = new TopicPartition(KafkaEventTopic.NAME, 0);
        asked(admin -> admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    private static Set<String> topics() throws Exception {
        return asked(admin -> admin.listTopics().names());
    }

    private interface Question<T> {
        KafkaFuture<T> of(Admin admin) throws Exception;
    }

    private static <T> T asked(Question<T> question) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            return question.of(admin).get();
        }
    }

    private static boolean has(int events) {
        try {
            return positions().size() >= events;
        } catch (UnknownTopicOrPartitionException | NullPointerException notYet) {
            return false;
        }
    }

    private static Relay relay(StoreBed bed) {
        return new Relay(
                new KafkaEventTopic(broker.bootstrap(), (short) 1), bed.feed(), new Leadership(bed.database()));
    }

    private static void append(StoreBed bed, int count) {
        AlarmId button = StoreBed.newButton();
        Flux.range(0, count)
                .flatMap(n -> bed.commands()
                        .send(new PressButton(button, "p" + n, 1_000, Instant.EPOCH), Actor.account("alice"), null))
                .blockLast(Duration.ofSeconds(60));
    }

    private static UUID id(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static List<Long> positions() {
        List<Long> positions = new ArrayList<>();
        Map<Long, UUID> ids = new HashMap<>();
        TopicPartition partition = new TopicPartition(KafkaEventTopic.NAME, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofSeconds(1))) {
                    RecordedEvent event = EventJson.envelope(found.value());
                    assertThat(ByteBuffer.wrap(found.headers()
                                            .lastHeader("position")
                                            .value())
                                    .getLong())
                            .isEqualTo(event.position());
                    if (!(event.event() instanceof ForeignEvent)) {
                        assertThat(new String(found.key(), StandardCharsets.UTF_8))
                                .isEqualTo(event.event().enterpriseId());
                    }
                    assertThat(id(found.headers().lastHeader("id").value())).isEqualTo(event.id());
                    if (event.position() == 1) {
                        assertThat(found.headers().lastHeader("after")).isNull();
                    } else if (ids.containsKey(event.position() - 1)) {
                        assertThat(id(found.headers().lastHeader("after").value()))
                                .isEqualTo(ids.get(event.position() - 1));
                    }
                    ids.put(event.position(), event.id());
                    newest = found;
                    positions.add(event.position());
                }
            }
        }
        return positions;
    }
}
