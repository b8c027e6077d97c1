package io.forgewatch.query.projection;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.web.ProblemTranslation;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store of the views, the topic they come from, and what runs them. */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {

    @Bean
    StoreClients storeClients(@Value("${forgewatch.mongodb.uri}") String uri) {
        return new StoreClients(uri);
    }

    /** For those who build the views; who reads them has {@link Reads}. */
    @Bean
    MongoDatabase views(StoreClients clients) {
        return clients.projecting();
    }

    @Bean
    Reads reads(StoreClients clients, MeterRegistry meters) {
        Reads reads = clients.reads();
        reads.measure(meters);
        return reads;
    }

    @Bean
    ProblemTranslation storeProblems(MeterRegistry meters) {
        return new StoreProblems(meters);
    }

    @Bean
    EventLog eventLog(
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap,
            @Value("${forgewatch.kafka.events-topic:forgewatch.events}") String topic) {
        return new SharedEventLog(new KafkaEventLog(bootstrap, topic));
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
    ProjectionStore projectionStore(MongoDatabase views) {
        return ProjectionStore.of(views);
    }

    @Bean
    Drifts drifts() {
        return new Drifts();
    }

    @Bean
    Reconciler reconciler(
            List<ViewDefinition> definitions,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Drifts drifts,
            MeterRegistry meters,
            @Value("${forgewatch.reconciler.pause:60s}") Duration pause,
            @Value("${forgewatch.reconciler.sample:20}") int sample,
            @Value("${forgewatch.reconciler.events-per-second:2000}") int eventsPerSecond) {
        return new Reconciler(
                definitions, store, log, progress, drifts, new Reconciler.Pace(pause, sample, eventsPerSecond), meters);
    }

    /** Definitions of the same name are versions of one view. */
    @Bean
    Projections projections(
            List<ViewDefinition> definitions,
            ProjectionStore store,
            EventLog log,
            Progress progress,
            Drifts drifts,
            Reconciler reconciler,
            StandingStreams streams,
            MeterRegistry meters,
            @Value("${forgewatch.projections.grace:60s}") Duration grace,
            @Value("${forgewatch.projections.lease:5s}") Duration term,
            @Value("${forgewatch.instance:}") String instance) {
        Tenancy tenancy = new Tenancy(instance.isBlank() ? UUID.randomUUID().toString() : instance, term);
        List<ViewRuns> views =
                definitions.stream()
                        .collect(Collectors.groupingBy(one -> one.name().name()))
                        .values()
                        .stream()
                        .map(versions -> new ViewRuns(versions, store, log, progress, drifts, grace, tenancy))
                        .toList();
        Footing footing = new Footing(views.stream().map(ViewRuns::name).toList(), store.checkpoints(), log, progress);
        return new Projections(views, reconciler, footing, streams, meters);
    }

    @Bean
    KafkaStanding kafkaStanding() {
        return new KafkaStanding(System::nanoTime);
    }

    @Bean
    KafkaWatch kafkaWatch(Projections projections, Progress progress, KafkaStanding kafka, StandingStreams streams) {
        return new KafkaWatch(projections, progress, kafka, streams);
    }

    @Bean
    HealthIndicator storesReachedHealthIndicator(Projections projections, Progress progress, KafkaStanding kafka) {
        return new ReachedHealth(projections, progress, kafka);
    }

    @Bean
    HealthIndicator projectionsHealthIndicator(Projections projections) {
        return new ProjectionHealth(projections);
    }
}
