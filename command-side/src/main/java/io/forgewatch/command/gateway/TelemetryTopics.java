package io.forgewatch.command.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes the topics that readings and signals go through, and keeps the settings that durability rests on. */
public final class TelemetryTopics {

    /** Frames of readings; key: enterprise id. */
    public static final String TELEMETRY = "forgewatch.telemetry";

    /** What detection says of limits; key: enterprise id. */
    public static final String SIGNALS = "forgewatch.signals";

    /**
     * The numbers that gateways used last, for a quick start; key: gateway id, or a partition's mark. Each of its partitions is about
     * that of the frames with the same number.
     */
    public static final String SEQUENCES = "forgewatch.sequences";

    public static final int PARTITIONS = 12;

    private static final Logger LOG = LoggerFactory.getLogger(TelemetryTopics.class);
    private static final Duration MOST_FOR_MAKING = Duration.ofSeconds(15);
    private static final Duration MOST_FOR_A_LOOK = Duration.ofSeconds(5);

    /** On one broker, acknowledged means on disk only with flush.messages=1. */
    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            TELEMETRY, Map.of("flush.messages", "1", "max.message.bytes", String.valueOf(2 << 20)),
            SIGNALS, Map.of("flush.messages", "1"),
            // What a segment still holds that has become void is read at each start: small ones, cleaned often.
            SEQUENCES,
                    Map.of(
                            "cleanup.policy",
                            "compact",
                            "segment.bytes",
                            String.valueOf(8 << 20),
                            "min.cleanable.dirty.ratio",
                            "0.2"));

    private final String bootstrap;

    public TelemetryTopics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Completes when the topics are there with the settings they need; fails when Kafka can't be asked. */
    public Mono<Void> ensure() {
        return asking(
                "forgewatch-topics",
                MOST_FOR_MAKING,
                admin -> Mono.fromCompletionStage(admin.listTopics().names().toCompletionStage())
                        .flatMap(there -> create(admin, there))
                        .then(Mono.defer(() -> set(admin))));
    }

    /** Whether each partition of the frames and of the used numbers has a broker that serves it; fails when Kafka can't be asked. */
    Mono<Boolean> areServed() {
        return asking(
                "forgewatch-look",
                MOST_FOR_A_LOOK,
                admin -> Mono.fromCompletionStage(() -> admin.describeTopics(List.of(TELEMETRY, SEQUENCES))
                                .allTopicNames()
                                .toCompletionStage())
                        .map(topics -> topics.values().stream()
                                .flatMap(topic -> topic.partitions().stream())
                                .allMatch(TelemetryTopics::isServed)));
    }

    private static boolean isServed(TopicPartitionInfo partition) {
        return partition.leader() != null && !partition.leader().isEmpty();
    }

    private <T> Mono<T> asking(String client, Duration most, Function<Admin, Mono<T>> question) {
        return Mono.using(
                        () -> Admin.create(Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                AdminClientConfig.CLIENT_ID_CONFIG,
                                client,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(most.toMillis()),
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(MOST_FOR_A_LOOK.toMillis()))),
                        question,
                        // Closing waits for the client's thread.
                        admin -> Thread.ofVirtual().start(admin::close))
                // Making the client reads files and names.
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Void> create(Admin admin, Set<String> there) {
        List<NewTopic> missing = SETTINGS.keySet().stream()
                .filter(name -> !there.contains(name))
                .map(name -> new NewTopic(name, PARTITIONS, (short) -1))
                .collect(Collectors.toList());
        if (missing.isEmpty()) {
            return Mono.empty();
        }
        LOG.info("Making topics {}", missing.stream().map(NewTopic::name).toList());
        return Mono.fromCompletionStage(admin.createTopics(missing).all().toCompletionStage());
    }

    private static Mono<Void> set(Admin admin) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = SETTINGS.entrySet().stream()
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.getKey()),
                        topic -> operations(topic.getValue())));
        return Mono.fromCompletionStage(
                admin.incrementalAlterConfigs(changes).all().toCompletionStage());
    }

    private static Collection<AlterConfigOp> operations(Map<String, String> settings) {
        Collection<AlterConfigOp> operations = new ArrayList<>();
        settings.forEach((name, value) ->
                operations.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        return operations;
    }
}
