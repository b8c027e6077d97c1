package io.forgewatch.query.telemetry;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.FrameLog;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

    @Bean
    LiveReadings liveReadings(Clock clock) {
        return new LiveReadings(clock);
    }

    @Bean
    FrameIntake frameIntake(LiveReadings live, MeterRegistry meters) {
        FrameIntake intake = new FrameIntake(live, meters);
        Gauge.builder("forgewatch.telemetry.partitions.standing", intake.standing(), StandingFrames::count)
                .description("Partitions in which frames wait that only newer code can read")
                .register(meters);
        return intake;
    }

    @Bean
    LiveFeed liveFeed(
            LiveReadings live,
            FrameIntake intake,
            FrameLog log,
            MongoDatabase views,
            MeterRegistry meters,
            Clock clock,
            StandingStreams streams) {
        return new LiveFeed(live, intake, log, new Snapshots(views, meters), clock, streams);
    }

    @Bean
    HealthIndicator liveReadingsHealthIndicator(
            FrameIntake intake, LiveFeed feed, Progress progress, MeterRegistry meters) {
        LiveReadingsHealth health = new LiveReadingsHealth(intake.standing(), feed.trouble(), progress);
        Gauge.builder("forgewatch.telemetry.troubled", health, LiveReadingsHealth::troubled)
                .description("1 while no frames can be had or what they said cannot be kept")
                .register(meters);
        return health;
    }
}
