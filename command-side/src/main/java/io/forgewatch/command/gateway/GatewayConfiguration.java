package io.forgewatch.command.gateway;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.command.telemetry.PlantFeed;
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
        KafkaFrameLog log = new KafkaFrameLog(bootstrap, TelemetryTopics.TELEMETRY);
        Gauge.builder("forgewatch.frames.queued", log, KafkaFrameLog::queued)
                .description("Frames that wait for the disk")
                .register(registry);
        return log;
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
    GatewayStatements gatewayStatements(GatewayWatch watch, Commands commands, MeterRegistry registry, Clock clock) {
        return new GatewayStatements(watch, commands, registry, clock);
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
    SignatureCheck signatureCheck(PlantDirectory directory, GatewayWatch watch, Clock clock) {
        return new SignatureCheck(directory, watch, clock);
    }

    @Bean
    Opening opening(
            TelemetryTopics topics,
            PlantFeed plants,
            PlantDirectory directory,
            SequenceMemory memory,
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap) {
        return new Opening(topics, plants, directory, new SequenceRecovery(bootstrap, memory));
    }

    @Bean
    FramePulse framePulse(
            Opening opening,
            FrameLog log,
            Clock clock,
            @Value("${forgewatch.frames.pulse-seconds:15}") int everySeconds) {
        return new FramePulse(opening, log, clock, Duration.ofSeconds(everySeconds));
    }

    @Bean
    DoorHealth doorHealthIndicator(Opening opening) {
        return new DoorHealth(opening);
    }
}
