package io.forgewatch.stack.bare;

import io.forgewatch.command.gateway.FrameProducer;
import io.forgewatch.command.gateway.TelemetryTopics;
import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.stack.kafka.KafkaBroker;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A door that only parses a frame, checks its signature and writes it to Kafka with fsync, with the broker in its own process as the
 * stack has it. Arguments: its folder, the broker's port, and the file of gateways. Prints {@code ready <port>}, and runs until it is
 * ended.
 */
public final class BareDoor implements AutoCloseable {

    private static final String KEY_ID = "keyid=\"";
    private static final String LABEL = "sig1=";

    private final Map<String, byte[]> secrets;
    private final KafkaProducer<byte[], byte[]> producer;
    private final DisposableServer server;

    /** @param secrets of the gateways, by id */
    BareDoor(String bootstrap, Map<String, byte[]> secrets) {
        this.secrets = Map.copyOf(secrets);
        this.producer = new KafkaProducer<>(FrameProducer.settings(bootstrap));
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post(FrameSignature.PATH, this::take))
                .bindNow(Duration.ofSeconds(10));
    }

    /** Runs one until the process ends. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            System.err.println("BareDoor FOLDER KAFKA-PORT GATEWAYS-FILE");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"), Integer.parseInt(arguments[1]))) {
            new TelemetryTopics(broker.bootstrap()).ensure().block(Duration.ofMinutes(1));
            try (BareDoor door = new BareDoor(broker.bootstrap(), secrets(Path.of(arguments[2])))) {
                System.out.println("ready " + door.port());
                CountDownLatch ended = new CountDownLatch(1);
                Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "bare-door-stop"));
                ended.await();
            }
        }
    }

    int port() {
        return server.port();
    }

    private static Map<String, byte[]> secrets(Path file) throws IOException {
        Map<String, byte[]> secrets = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                String[] parts = line.split("\t");
                secrets.put(parts[0], Base64.getDecoder().decode(parts[1]));
            }
        }
        return secrets;
    }

    private Mono<Void> take(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asByteArray().flatMap(body -> {
            byte[] key = signer(request.requestHeaders(), body);
            return key == null ? answer(response, 401, "{}") : taken(response, key, body);
        });
    }

    private Mono<Void> taken(HttpServerResponse response, byte[] key, byte[] body) {
        ParsedFrame frame = ParsedFrame.of(body);
        return Mono.<Boolean>create(written -> {
                    var _ = producer.send(
                            new ProducerRecord<>(TelemetryTopics.TELEMETRY, key, body), (where, failure) -> {
                                if (failure == null) {
                                    written.success(true);
                                } else {
                                    written.error(failure);
                                }
                            });
                })
                .flatMap(done -> answer(
                        response,
                        202,
                        "{\"sequence\":" + frame.sequence() + ",\"accepted\":" + frame.readings() + "}"));
    }

    private static Mono<Void> answer(HttpServerResponse response, int status, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
        return response.status(status)
                .header("Content-Type", "application/json")
                .header("Content-Length", String.valueOf(bytes.length))
                .sendByteArray(Mono.just(bytes))
                .then();
    }

    /** The gateway that signed it, as bytes; null when none did. */
    private byte @Nullable [] signer(HttpHeaders headers, byte[] body) {
        String digest = headers.get("Content-Digest");
        String input = headers.get("Signature-Input");
        String signature = headers.get("Signature");
        if (digest == null || input == null || signature == null || !input.startsWith(LABEL)) {
            return null;
        }
        String parameters = input.substring(LABEL.length());
        int at = parameters.indexOf(KEY_ID);
        int end = at < 0 ? -1 : parameters.indexOf('"', at + KEY_ID.length());
        if (end < 0) {
            return null;
        }
        String id = parameters.substring(at + KEY_ID.length(), end);
        byte[] secret = secrets.get(id);
        if (secret == null || !digest.equals(FrameSignature.contentDigest(FrameSignature.sha256(body)))) {
            return null;
        }
        byte[] mac = FrameSignature.hmac(secret, FrameSignature.base("POST", FrameSignature.PATH, digest, parameters));
        byte[] expected =
                (LABEL + ":" + Base64.getEncoder().encodeToString(mac) + ":").getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))
                ? id.getBytes(StandardCharsets.US_ASCII)
                : null;
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
        producer.close(Duration.ofSeconds(5));
    }
}
