package io.forgewatch.stack.bare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Written to a topic and read from it, by the settings of those of ours who do it. */
final class KafkaHop implements Hop {

    private static final Duration POLL = Duration.ofMillis(100);

    private final TwinTopic topic;
    private final byte[] value;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Next next;
    private final Broken broken;
    private final Thread reading;

    /** @param value as long as what we write there; the first eight bytes are the number's */
    KafkaHop(
            TwinTopic topic,
            byte[] value,
            Map<String, Object> producerSettings,
            Map<String, Object> consumerSettings,
            Next next,
            Broken broken) {
        this.topic = topic;
        this.value = value.length < Long.BYTES ? new byte[Long.BYTES] : value.clone();
        this.next = next;
        this.broken = broken;
        this.producer = new KafkaProducer<>(producerSettings, new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(topic.all());
        consumer.seekToEnd(topic.all());
        // Where the end is, is asked here: what is sent from now on is behind it.
        topic.all().forEach(consumer::position);
        this.reading = Thread.ofPlatform().daemon().name("bare-" + topic.name()).start(this::read);
    }

    @Override
    public void send(long number) {
        byte[] message = value.clone();
        ByteBuffer.wrap(message).putLong(number);
        byte[] key = ("GT370211%04d".formatted(number % 10_000)).getBytes(StandardCharsets.US_ASCII);
        var _ = producer.send(new ProducerRecord<>(topic.name(), key, message), (where, failure) -> {
            if (failure != null) {
                broken.by(failure);
            }
        });
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    next.through(ByteBuffer.wrap(message.value()).getLong());
                }
            }
        } catch (WakeupException closing) {
            return;
        } catch (RuntimeException failure) {
            broken.by(failure);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reading.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
