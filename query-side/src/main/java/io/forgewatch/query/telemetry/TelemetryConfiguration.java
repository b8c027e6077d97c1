package io.forgewatch.query.telemetry;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.FrameLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

    @Bean
    LiveReadings liveReadings(Clock clock) {
        return new LiveReadings(clock);
    }

    @Bean
    LiveFeed liveFeed(LiveReadings live, FrameLog log, MongoDatabase views, MeterRegistry meters, Clock clock) {
        return new LiveFeed(live, new FrameIntake(live, meters), log, new Snapshots(views), clock);
    }
}
