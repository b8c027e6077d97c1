package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.Leadership;
import io.forgewatch.command.transparency.CheckpointOutlet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The relay's beans. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    EventTopic eventTopic(
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap,
            @Value("${forgewatch.kafka.replication:1}") short replication) {
        return new KafkaEventTopic(bootstrap, replication);
    }

    @Bean
    CheckpointOutlet checkpointTopic(
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap,
            @Value("${forgewatch.kafka.replication:1}") short replication) {
        return new KafkaCheckpointTopic(bootstrap, replication);
    }

    @Bean
    Relay relay(EventTopic topic, EventFeed feed, Leadership leadership, ObjectProvider<MeterRegistry> meters) {
        Relay relay = new Relay(topic, feed, leadership);
        Gauge.builder("forgewatch.relay.lag", relay, Relay::lag)
                .description("Events stored and not yet in Kafka")
                .register(meters.getIfAvailable(() -> Metrics.globalRegistry));
        return relay;
    }

    @Bean
    RelayHealth relayHealthIndicator(Relay relay) {
        return new RelayHealth(relay);
    }
}
