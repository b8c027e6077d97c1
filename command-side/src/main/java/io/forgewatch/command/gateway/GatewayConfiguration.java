package io.forgewatch.command.gateway;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.InstanceId;
import io.forgewatch.command.eventstore.OpenDoorTable;
import io.forgewatch.command.eventstore.StoreClock;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.command.telemetry.PlantFeed;
import io.forgewatch.standing.KafkaStanding;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the door for readings. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    private static final long MOST_JITTER_MILLIS = 5_000;

    @Bean
    TelemetryTopics telemetryTopics(@Value("${forgewatch.kafka.bootstrap}") String bootstrap) {
        return new TelemetryTopics(bootstrap);
    }

    @Bean
    SequenceMemory sequenceMemory() {
        return new SequenceMemory();
    }

    @Bean
    KafkaFrameLog frameLog(@Value("${forgewatch.kafka.bootstrap}") String bootstrap, MeterRegistry registry) {
        return new KafkaFrameLog(bootstrap, TelemetryTopics.TELEMETRY, registry);
    }

    @Bean
    FrameMetrics frameMetrics(MeterRegistry registry) {
        return new FrameMetrics(registry);
    }

    @Bean
    GatewayWatch gatewayWatch(PlantDirectory directory, SequenceMemory memory) {
        return new GatewayWatch(
                directory, memory, () -> ThreadLocalRandom.current().nextLong(MOST_JITTER_MILLIS));
    }

    @Bean
    GatewayStatements gatewayStatements(
            GatewayWatch watch,
            Commands commands,
            MeterRegistry registry,
            Clock clock,
            StoreClock storeClock,
            StandingStreams streams) {
        return new GatewayStatements(watch, commands, registry, clock, storeClock, streams);
    }

    @Bean
    ClockHealth clockHealthIndicator(StoreClock storeClock) {
        return new ClockHealth(storeClock);
    }

    @Bean
    FrameDoor frameDoor(
            PlantDirectory directory,
            SequenceMemory memory,
            FrameLog log,
            FrameMetrics metrics,
            GatewayWatch watch,
            Clock clock) {
        return new FrameDoor(new FrameReader(directory), memory, log, metrics, watch, clock);
    }

    @Bean
    SignatureCheck signatureCheck(PlantDirectory directory, GatewayWatch watch, Clock clock, StoreClock storeClock) {
        return new SignatureCheck(directory, watch, clock, storeClock);
    }

    @Bean
    Opening opening(
            TelemetryTopics topics,
            PlantFeed plants,
            PlantDirectory directory,
            SequenceFollowing following,
            StandingStreams streams) {
        return new Opening(topics, plants, directory, following, streams);
    }

    @Bean
    SequenceFollowing sequenceFollowing(
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap, SequenceMemory memory, MeterRegistry registry) {
        SequenceFollowing following = new SequenceFollowing(bootstrap, memory, WindowKeeping.Rule.USUAL);
        Gauge.builder(
                        "forgewatch.sequences.heard",
                        following,
                        one -> one.heardAgo().toMillis() / 1_000.0)
                .description("How long nothing of the log has been read for the windows of used numbers")
                .baseUnit("seconds")
                .register(registry);
        return following;
    }

    @Bean
    FramePulse framePulse(
            Opening opening,
            FrameLog log,
            Clock clock,
            StandingStreams streams,
            @Value("${forgewatch.frames.pulse-seconds:15}") int everySeconds) {
        return new FramePulse(opening, log, clock, Duration.ofSeconds(everySeconds), streams);
    }

    @Bean
    LogProbe logProbe(Opening opening, KafkaFrameLog log, Clock clock, StandingStreams streams) {
        return new LogProbe(opening, log, clock, streams);
    }

    @Bean
    KafkaStanding kafkaStanding() {
        return new KafkaStanding(System::nanoTime);
    }

    @Bean
    KafkaWatch kafkaWatch(
            Opening opening,
            TelemetryTopics topics,
            OpenDoorTable doors,
            InstanceId instance,
            KafkaStanding kafka,
            StandingStreams streams) {
        return new KafkaWatch(opening.opened(), topics, doors, instance, kafka, streams);
    }

    @Bean
    OpenDoor openDoor(
            Opening opening, KafkaFrameLog log, OpenDoorTable doors, InstanceId instance, StandingStreams streams) {
        return new OpenDoor(opening, log, doors, instance, streams);
    }

    @Bean
    DoorHealth doorHealthIndicator(Opening opening, KafkaFrameLog log, KafkaStanding kafka) {
        return new DoorHealth(opening, log, kafka);
    }

    @Bean
    OpenedHealth doorOpenedHealthIndicator(Opening opening, PlantFeed plants, KafkaStanding kafka) {
        return new OpenedHealth(opening::isOpen, plants::isCaughtUp, kafka);
    }

    @Bean
    SequencesHealth sequencesHealthIndicator(Opening opening, SequenceFollowing following, KafkaFrameLog log) {
        return new SequencesHealth(opening, following, log);
    }
}
