package io.forgewatch.query.telemetry;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

    @Bean
    LiveReadings liveReadings(Clock clock) {
        return new LiveReadings(clock);
    }
}
