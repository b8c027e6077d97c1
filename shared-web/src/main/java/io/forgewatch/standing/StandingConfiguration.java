package io.forgewatch.standing;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the streams that stand; each side has them with its door. */
@Configuration(proxyBeanMethods = false)
public class StandingConfiguration {

    @Bean
    StandingStreams standingStreams(MeterRegistry registry) {
        return new StandingStreams(registry);
    }

    @Bean
    StreamsHealth streamsHealthIndicator(StandingStreams streams) {
        return new StreamsHealth(streams);
    }
}
