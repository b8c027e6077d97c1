package io.forgewatch.command.relay;

import io.forgewatch.command.transparency.CheckpointOutlet;
import io.forgewatch.command.transparency.SignedCheckpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

/**
 * Kafka topic {@code forgewatch.checkpoints}: one partition, kept for ever. Key: the log's origin. Value: the signed note's text.
 * One a minute at most comes regularly: each is sent by a sender of its own.
 */
final class KafkaCheckpointTopic implements CheckpointOutlet {

    static final String NAME = "forgewatch.checkpoints";

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final String bootstrap;
    private final short replication;
    private final Mono<Boolean> created;

    KafkaCheckpointTopic(String bootstrap, short replication) {
        this.bootstrap = bootstrap;
        this.replication = replication;
        this.created = Mono.fromCallable(this::create)
                // Kafka's admin blocks; this happens once.
                .subscribeOn(Schedulers.boundedElastic())
                .cacheInvalidateIf(unused -> false);
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public Mono<Void> publish(SignedCheckpoint checkpoint) {
        SenderRecord<String, String, Long> entry = SenderRecord.create(
                new ProducerRecord<>(NAME, 0, checkpoint.origin(), checkpoint.note()), checkpoint.size());
        return created.then(Mono.usingWhen(
                        Mono.fromCallable(() -> KafkaSender.create(options())),
                        sender -> sender.send(Mono.just(entry))
                                .next()
                                .timeout(LONGEST_ANSWER)
                                .then(),
                        sender -> Mono.fromRunnable(sender::close).subscribeOn(Schedulers.boundedElastic()))
                // A producer is opened and closed in the thread that asks for it.
                .subscribeOn(Schedulers.boundedElastic()));
    }

    private SenderOptions<String, String> options() {
        return SenderOptions.create(Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true));
    }

    private boolean create() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            NewTopic topic =
                    new NewTopic(NAME, 1, replication).configs(Map.of("retention.ms", "-1", "retention.bytes", "-1"));
            var unused = admin.createTopics(List.of(topic)).all().get(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return true;
    }
}
