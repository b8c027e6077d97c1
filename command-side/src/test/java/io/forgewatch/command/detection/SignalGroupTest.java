package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.KeptInMemory;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Two instances receive signals from a real broker. */
class SignalGroupTest {

    /** Of what would wait for a minute before. */
    private static final Duration SOON = Duration.ofSeconds(40);

    private static final String DEVICE = "GT3702110001010001";

    @TempDir
    static Path folder;

    private static Broker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final Disposable.Composite receiving = Disposables.composite();

    @BeforeAll
    static void start() {
        broker = Broker.start(folder);
        new TelemetryTopics(broker.bootstrap()).ensure().block(Duration.ofSeconds(60));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @AfterEach
    void leave() {
        receiving.dispose();
    }

    /** One of the group, whose session would last longer than the test. */
    private static KafkaSignalLog log(String group, String instance) {
        Map<String, Object> settings = new HashMap<>(KafkaSignalLog.consumer(broker.bootstrap(), instance));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 120_000);
        return new KafkaSignalLog(settings);
    }

    /**
     * Acknowledges nothing: all that it gets stays under way.
     *
     * @param word with which all begins that is of this test
     */
    private Disposable holding(KafkaSignalLog log, String word, List<String> got) {
        Disposable mine = log.receive()
                .map(received -> new String(received.value(), StandardCharsets.UTF_8))
                .filter(said -> said.startsWith(word))
                .subscribe(got::add, failure -> {});
        receiving.add(mine);
        return mine;
    }

    private static void say(String what, int partition) {
        say(what.getBytes(StandardCharsets.UTF_8), partition);
    }

    private static void say(byte[] what, int partition) {
        producer.send(new ProducerRecord<>(TelemetryTopics.SIGNALS, partition, null, what));
        producer.flush();
    }

    @Test
    void given_signals_under_way_when_another_instance_comes_then_it_has_its_half_at_once_and_nothing_is_left_out() {
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        holding(log("group-comes", "a"), "comes", first);
        say("comes 0", 0);
        say("comes 11", 11);
        await().atMost(SOON).until(() -> first.contains("comes 0") && first.contains("comes 11"));

        holding(log("group-comes", "b"), "comes", second);

        await().atMost(SOON).until(() -> second.contains("comes 0") || second.contains("comes 11"));
        say("comes after 0", 0);
        say("comes after 11", 11);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(Stream.concat(first.stream(), second.stream())).contains("comes after 0", "comes after 11");
            assertThat(first).anyMatch(said -> said.startsWith("comes after"));
            assertThat(second).anyMatch(said -> said.startsWith("comes after"));
        });
    }

    @Test
    void given_signals_under_way_when_their_instance_gives_them_up_then_another_has_them_before_its_session_is_over() {
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        Disposable one = holding(log("group-goes", "a"), "goes", first);
        holding(log("group-goes", "b"), "goes", second);
        for (int partition = 0; partition < TelemetryTopics.PARTITIONS; partition++) {
            say("goes " + partition, partition);
        }
        await().atMost(SOON).until(() -> !first.isEmpty());

        one.dispose();

        await().atMost(SOON).untilAsserted(() -> {
            for (int partition = 0; partition < TelemetryTopics.PARTITIONS; partition++) {
                assertThat(second).contains("goes " + partition);
            }
        });
    }

    /** Its pool is broken, say, and another's well. */
    @Test
    void given_an_instance_that_the_store_is_away_for_when_signals_are_said_then_the_other_does_all_of_them() {
        Set<String> done = ConcurrentHashMap.newKeySet();
        SignalReceiver cutOff = receiver("a", command -> Mono.error(new IOException("connection refused")));
        SignalReceiver well = receiver("b", command -> {
            done.add(command.toString());
            return Mono.just(new Commands.Answer(1, Map.of()));
        });
        cutOff.start();
        well.start();
        try {
            for (int partition = 0; partition < TelemetryTopics.PARTITIONS; partition++) {
                say(SignalTest.said(Verdict.Kind.BREACH, DEVICE, partition).json(), partition);
            }
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(done).hasSize(TelemetryTopics.PARTITIONS));
        } finally {
            cutOff.stop();
            well.stop();
        }
    }

    private static SignalReceiver receiver(String instance, Function<Command, Mono<Commands.Answer>> store) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return new SignalReceiver(
                log("group-cut-off", instance),
                (command, actor, key, cause) -> store.apply(command),
                new KeptInMemory(Schedulers.parallel()),
                failure -> Mono.just(failure instanceof IOException || failure instanceof TimeoutException),
                new DetectionMetrics(registry),
                new StandingStreams(registry),
                Mono.empty(),
                Schedulers.parallel(),
                Schedulers.parallel());
    }
}
