package io.forgewatch.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;

@Timeout(180)
class RelayTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void givenEventsOldAndNew_whenTheRelayIsStoppedAndAnotherGoesOn_thenKafkaHasEachOnceInOrder() throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed bed = new StoreBed()) {
            append(bed, 30);
            Relay first = relay(bed, broker);
            Relay waiting = relay(bed, broker);
            first.start();
            append(bed, 30);
            await().atMost(LONG).until(() -> positions(broker).size() >= 60);
            waiting.start();
            append(bed, 10);
            await().atMost(LONG).until(() -> positions(broker).size() >= 70);

            first.stop();
            append(bed, 30);
            await().atMost(LONG).until(() -> positions(broker).size() >= 100);
            waiting.stop();

            assertThat(positions(broker))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
        }
    }

    @Test
    void givenATopicThatWasLost_whenTheRelayBegins_thenItIsWrittenFromTheFirstEventOn() throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed bed = new StoreBed()) {
            append(bed, 20);
            Relay before = relay(bed, broker);
            before.start();
            await().atMost(LONG).until(() -> positions(broker).size() >= 20);
            before.stop();
            deleteTopic(broker);

            Relay after = relay(bed, broker);
            after.start();
            append(bed, 5);
            await().atMost(LONG).until(() -> isWritten(broker, 25));
            after.stop();
            assertThat(positions(broker))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 25).boxed().toList());
        }
    }

    @Test
    void givenATopicThatIsLostUnderARelayAtWork_whenItIsMissed_thenItIsWrittenFromTheFirstEventOn() throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed bed = new StoreBed()) {
            append(bed, 20);
            Relay relay = relay(bed, broker);
            relay.start();
            await().atMost(LONG).until(() -> isWritten(broker, 20));

            deleteTopic(broker);
            append(bed, 5);

            await().atMost(LONG).until(() -> isWritten(broker, 25));
            append(bed, 5);
            await().atMost(LONG).until(() -> isWritten(broker, 30));
            relay.stop();
            assertThat(positions(broker))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 30).boxed().toList());
        }
    }

    @Test
    void givenATopicThatLostItsBeginningUnderARelayAtWork_whenItIsMissed_thenNothingIsSentUntilItIsWrittenAnew()
            throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed bed = new StoreBed()) {
            append(bed, 20);
            Relay relay = relay(bed, broker);
            relay.start();
            await().atMost(LONG).until(() -> isWritten(broker, 20));
            assertThat(relay.writeAnew().block()).isFalse();

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                admin.deleteRecords(
                                Map.of(new TopicPartition(KafkaEventTopic.NAME, 0), RecordsToDelete.beforeOffset(7)))
                        .all()
                        .get();
            }
            await().atMost(LONG).until(() -> relay.stray().isPresent());
            assertThat(relay.stray().orElseThrow().en()).contains("position 20", "only 13 records", "/relay/rebuild");
            append(bed, 5);
            assertThat(relay.copy().block())
                    .extracting(Copy::events, Copy::copied)
                    .containsExactly(25L, 20L);

            assertThat(relay.writeAnew().block()).isTrue();
            await().atMost(LONG).until(() -> isWritten(broker, 25));
            assertThat(relay.copy().block()).isEqualTo(new Copy(25, 25, null));
            relay.stop();
            assertThat(positions(broker))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 25).boxed().toList());
        }
    }

    @Test
    void givenNoTopic_whenAskedHowTheCopyStands_thenItHasNothingAndNoneIsMade() throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed bed = new StoreBed()) {
            append(bed, 3);

            assertThat(relay(bed, broker).copy().block()).isEqualTo(new Copy(3, 0, null));

            assertThat(topics(broker)).isEmpty();
        }
    }

    @Test
    void givenAStoreThatLostEvents_whenTheRelayBegins_thenNothingIsSentUntilTheTopicIsWrittenAnew() throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed lost = new StoreBed();
                StoreBed restored = new StoreBed()) {
            append(lost, 20);
            Relay before = relay(lost, broker);
            before.start();
            await().atMost(LONG).until(() -> positions(broker).size() >= 20);
            before.stop();

            append(restored, 10);
            Relay relay = relay(restored, broker);
            relay.start();
            await().atMost(LONG).until(() -> relay.stray().isPresent());
            assertThat(relay.stray().orElseThrow().en()).contains("position 20").contains("/relay/rebuild");
            assertThat(relay.stray().orElseThrow().zh()).contains("20").contains("/relay/rebuild");
            assertThat(new RelayHealth(relay).health().block().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            append(restored, 15);
            assertThat(positions(broker)).hasSize(20);

            assertThat(relay.writeAnew().block()).isTrue();
            await().atMost(LONG).until(() -> isWritten(broker, 25));
            assertThat(relay.stray()).isEmpty();
            assertThat(relay.writeAnew().block()).isFalse();
            relay.stop();
            assertThat(positions(broker))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 25).boxed().toList());
        }
    }

    @Test
    void givenARecordThatNoRelayWrote_whenTheRelayBegins_thenNothingIsSentUntilTheTopicIsWrittenAnew()
            throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed bed = new StoreBed()) {
            append(bed, 5);
            Relay before = relay(bed, broker);
            before.start();
            await().atMost(LONG).until(() -> positions(broker).size() >= 5);
            before.stop();
            try (KafkaProducer<byte[], byte[]> stranger = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrap()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                stranger.send(new ProducerRecord<>(KafkaEventTopic.NAME, 0, new byte[0], new byte[] {1}))
                        .get();
            }

            Relay relay = relay(bed, broker);
            relay.start();
            await().atMost(LONG).until(() -> relay.stray().isPresent());
            assertThat(relay.writeAnew().block()).isTrue();
            await().atMost(LONG).until(() -> isWritten(broker, 5));
            relay.stop();
            assertThat(positions(broker)).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void givenTwoWhoFoundTheTopicStray_whenTheSecondEmptiesItLate_thenWhatWasWrittenAnewStays() throws Exception {
        try (Broker broker = Broker.start(folder);
                StoreBed lost = new StoreBed();
                StoreBed restored = new StoreBed()) {
            append(lost, 20);
            Relay before = relay(lost, broker);
            before.start();
            await().atMost(LONG).until(() -> positions(broker).size() >= 20);
            before.stop();
            append(restored, 10);
            Relay relay = relay(restored, broker);
            relay.start();
            EventTopic topic = new KafkaEventTopic(broker.bootstrap(), (short) 1);
            EventTopic.Last seenBySecond = topic.last().block();

            relay.writeAnew().block();
            await().atMost(LONG).until(() -> isWritten(broker, 10));
            topic.clear(seenBySecond).block();
            append(restored, 5);
            await().atMost(LONG).until(() -> positions(broker).contains(15L));
            relay.stop();
            assertThat(positions(broker))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 15).boxed().toList());
        }
    }

    private static void deleteTopic(Broker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.deleteTopics(List.of(KafkaEventTopic.NAME)).all().get();
        }
        await().until(() -> topics(broker).isEmpty());
    }

    private static Set<String> topics(Broker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            return admin.listTopics().names().get();
        }
    }

    private static boolean isWritten(Broker broker, int events) {
        try {
            return positions(broker).size() >= events;
        } catch (UnknownTopicOrPartitionException | NullPointerException notYet) {
            return false;
        }
    }

    private static Relay relay(StoreBed bed, Broker broker) {
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

    private static List<Long> positions(Broker broker) {
        List<Long> positions = new ArrayList<>();
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
                    assertThat(new String(found.key(), java.nio.charset.StandardCharsets.UTF_8))
                            .isEqualTo(event.event().enterpriseId());
                    positions.add(event.position());
                }
            }
        }
        return positions;
    }
}
