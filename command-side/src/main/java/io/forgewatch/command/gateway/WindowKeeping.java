package io.forgewatch.command.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the windows of a partition in the topic {@code forgewatch.sequences} now and then, so that a start has few frames to read:
 * first those that changed, then the {@link KeptMark}. Each door does it, at moments of chance of its own: as a rule the others find
 * it done. Nothing waits for it; what fails is made again later.
 */
final class WindowKeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WindowKeeping.class);
    private static final Duration NOT_AGAIN_FOR = Duration.ofSeconds(20);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /**
     * When windows are kept: whatever is reached first since they were.
     *
     * @param messages that were read of a partition
     * @param bytes of the frames among them
     * @param age of the first of them
     */
    record Rule(long messages, long bytes, Duration age) {

        /** Read again within seconds, all twelve partitions together; small beside the frames themselves. */
        static final Rule USUAL = new Rule(10_000, 16L << 20, Duration.ofMinutes(5));
    }

    private static final class Turn {
        private long unkeptSince;
        private boolean isUnkept;
        private long notBefore = System.nanoTime();
        private double patience = 1;
    }

    private final Producer<byte[], byte[]> producer;
    private final Rule rule;
    private final Map<Integer, Turn> turns = new HashMap<>();

    WindowKeeping(String bootstrap, Rule rule) {
        this(new KafkaProducer<>(settings(bootstrap)), rule);
    }

    WindowKeeping(Producer<byte[], byte[]> producer, Rule rule) {
        this.producer = producer;
        this.rule = rule;
    }

    /** Keeps the windows of a partition if it is time, and if they are whole. */
    void look(FollowedPartition partition) {
        if (partition.isBeyondThisCode()) {
            return;
        }
        Turn turn = turns.computeIfAbsent(partition.number(), number -> new Turn());
        long now = System.nanoTime();
        if (partition.isKept()) {
            turn.isUnkept = false;
            return;
        }
        if (!turn.isUnkept) {
            turn.isUnkept = true;
            turn.unkeptSince = now;
            turn.patience = 1 + ThreadLocalRandom.current().nextDouble(0.5);
        }
        boolean due = partition.messages() >= rule.messages() * turn.patience
                || partition.bytes() >= rule.bytes() * turn.patience
                || now - turn.unkeptSince >= rule.age().toNanos() * turn.patience;
        if (due && now - turn.notBefore >= 0) {
            turn.notBefore = now + NOT_AGAIN_FOR.toNanos();
            keep(partition);
        }
    }

    /** Sends them, and waits for nothing. */
    void keep(FollowedPartition partition) {
        for (String gateway : partition.changed()) {
            byte[] key = gateway.getBytes(StandardCharsets.US_ASCII);
            if (!send(partition.number(), key, partition.window(gateway).bytes())) {
                return;
            }
        }
        send(
                partition.number(),
                KeptMark.key(partition.number()),
                partition.mark().bytes());
    }

    /** Says whether it is worthwhile to go on. */
    private boolean send(int partition, byte[] key, byte[] value) {
        Future<RecordMetadata> sent = producer.send(
                new ProducerRecord<>(TelemetryTopics.SEQUENCES, partition, key, value), (metadata, failure) -> {
                    if (failure != null) {
                        LOG.debug("A window was not kept", failure);
                    }
                });
        return sent.state() != Future.State.FAILED;
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.CLIENT_ID_CONFIG,
                "forgewatch-sequences",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                1_000L,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                15_000);
    }
}
