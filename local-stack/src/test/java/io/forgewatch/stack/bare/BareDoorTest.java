package io.forgewatch.stack.bare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.kafka.KafkaBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

class BareDoorTest {

    private static final byte[] SECRET = "a secret of 32 bytes, as it were".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = """
            {"sequence":91,"readings":[{"device":"GT3702110001010001","indicator":"BF_CW_P","at":1732440000100,"value":0.42},
            {"device":"GT3702110001010001","indicator":"BF_TOP_T","at":1732440000100,"value":180}]}""".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void given_a_signed_frame_when_sent_then_it_is_in_kafka_and_accepted_and_a_forged_one_is_not() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder, FreePort.any())) {
            new TelemetryTopics(broker.bootstrap()).ensure().block(Duration.ofSeconds(30));
            try (BareDoor door = new BareDoor(broker.bootstrap(), Map.of("GT3702110001-G1", SECRET));
                    HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> forged = client.send(request(door, new byte[32]), asText());
                assertThat(forged.statusCode()).isEqualTo(401);
                HttpResponse<String> taken = client.send(request(door, SECRET), asText());
                assertThat(taken.statusCode()).isEqualTo(202);
                assertThat(taken.body()).isEqualTo("{\"sequence\":91,\"accepted\":2}");
                assertThat(first(broker.bootstrap())).isEqualTo(BODY);
            }
        }
    }

    @Test
    void given_what_is_no_json_when_parsed_then_it_is_refused() {
        assertThatThrownBy(() -> ParsedFrame.of("{\"sequence\":1,".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(JacksonException.class);
        assertThat(ParsedFrame.of("{\"sequence\":1,\"readings\":[]}".getBytes(StandardCharsets.US_ASCII))
                        .readings())
                .isZero();
    }

    private static HttpResponse.BodyHandler<String> asText() {
        return HttpResponse.BodyHandlers.ofString();
    }

    private static HttpRequest request(BareDoor door, byte[] secret) {
        FrameSignature.Headers headers = FrameSignature.sign("GT3702110001-G1", secret, 91, Instant.now(), BODY);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + FrameSignature.PATH))
                .header("Content-Digest", headers.contentDigest())
                .header("Signature-Input", headers.signatureInput())
                .header("Signature", headers.signature())
                .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
                .build();
    }

    /** All that there is: the forged one would be the first. */
    private static byte[] first(String bootstrap) {
        var partitions = IntStream.range(0, TelemetryTopics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TelemetryTopics.TELEMETRY, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() - until < 0) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    return message.value();
                }
            }
        }
        throw new AssertionError("Nothing is in the topic");
    }
}
