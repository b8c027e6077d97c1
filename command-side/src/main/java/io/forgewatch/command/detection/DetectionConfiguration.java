package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.InstanceId;
import io.forgewatch.command.gateway.Opening;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Beans of detection and of the receiver of its signals. */
@Configuration(proxyBeanMethods = false)
class DetectionConfiguration {

    @Bean
    DetectionMetrics detectionMetrics(MeterRegistry registry) {
        return new DetectionMetrics(registry);
    }

    @Bean
    StandingPartitions standingPartitions(MeterRegistry registry) {
        StandingPartitions standing = new StandingPartitions();
        Gauge.builder("forgewatch.detection.partitions.standing", standing, StandingPartitions::count)
                .description("Partitions in which a frame waits that only a newer release can read")
                .register(registry);
        return standing;
    }

    @Bean
    Unjudged unjudged(MeterRegistry registry) {
        Unjudged unjudged = new Unjudged();
        Gauge.builder("forgewatch.detection.unjudged", unjudged, Unjudged::count)
                .description("Devices and points that can't be evaluated and are passed over")
                .register(registry);
        return unjudged;
    }

    @Bean
    DetectionStreams detectionStreams(
            Opening opening,
            PlantDirectory directory,
            OpenAlarms table,
            DetectionMetrics metrics,
            StandingPartitions standing,
            FirstEvaluation firstEvaluation,
            Unjudged unjudged,
            StandingStreams streams,
            @Value("${forgewatch.kafka.bootstrap}") String bootstrap,
            InstanceId instance,
            @Value("${forgewatch.detection.state-folder:${java.io.tmpdir}/forgewatch-detection}") String stateFolder,
            @Value("${forgewatch.detection.threads:1}") int threads) {
        return new DetectionStreams(
                opening.opened().then(table.caughtUp()),
                () -> DetectionTopology.topology(directory, table, metrics, unjudged),
                DetectionTopology.settings(bootstrap, instance.value(), stateFolder, threads),
                standing,
                firstEvaluation,
                streams);
    }

    @Bean
    FirstEvaluation firstEvaluation() {
        return new FirstEvaluation(System::nanoTime);
    }

    @Bean
    FirstEvaluationHealth detectionBegunHealthIndicator(FirstEvaluation firstEvaluation) {
        return new FirstEvaluationHealth(firstEvaluation);
    }

    @Bean
    SignalLog signalLog(@Value("${forgewatch.kafka.bootstrap}") String bootstrap, InstanceId instance) {
        return new KafkaSignalLog(bootstrap, instance.value());
    }

    @Bean
    SignalReceiver signalReceiver(
            Opening opening,
            SignalLog signalLog,
            Commands commands,
            ParkedSignals parked,
            Blame blame,
            DetectionMetrics metrics,
            StandingStreams streams) {
        return new SignalReceiver(
                signalLog,
                commands,
                parked,
                blame,
                metrics,
                streams,
                opening.opened(),
                Schedulers.parallel(),
                Schedulers.parallel());
    }

    @Bean
    SignalsHealth signalsHealthIndicator(SignalReceiver receiver) {
        return new SignalsHealth(receiver);
    }

    @Bean
    DetectionHealth detectionHealthIndicator(DetectionStreams streams, Unjudged unjudged) {
        return new DetectionHealth(streams, unjudged);
    }
}
