package io.forgewatch.query.projection;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store of the views, the topic they come from, and what runs them. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    private static final String DATABASE = "forgewatch";

    /** Bounded and with a limit on every wait: a store that hangs must not hang its readers. */
    @Bean(destroyMethod = "close")
    MongoClient documentStore(@Value("${forgewatch.mongodb.uri}") String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToConnectionPoolSettings(
                        pool -> pool.minSize(2).maxSize(24).maxWaitTime(2, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(15, TimeUnit.SECONDS))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .build());
    }

    @Bean
    MongoDatabase views(MongoClient store, @Value("${forgewatch.mongodb.uri}") String uri) {
        return store.getDatabase(Objects.requireNonNullElse(new ConnectionString(uri).getDatabase(), DATABASE));
    }

    @Bean
    EventLog eventLog(
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap,
            @Value("${forgewatch.kafka.events-topic:forgewatch.events}") String topic) {
        return new KafkaEventLog(bootstrap, topic);
    }

    @Bean
    FrameLog frameLog(
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap,
            @Value("${forgewatch.kafka.telemetry-topic:forgewatch.telemetry}") String topic) {
        return new KafkaFrameLog(bootstrap, topic);
    }

    @Bean
    Progress projectionProgress() {
        return new Progress();
    }

    @Bean
    Projections projections(
            List<Projection> projections, EventLog log, MongoDatabase views, Progress progress, MeterRegistry meters) {
        return new Projections(projections, log, new Checkpoints(views), progress, meters);
    }

    @Bean
    HealthIndicator projectionsHealth(Progress progress) {
        return new ProjectionHealth(progress);
    }
}
