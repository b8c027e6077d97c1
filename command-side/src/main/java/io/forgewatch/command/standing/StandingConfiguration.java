package io.forgewatch.command.standing;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the streams that stand. */
@Configuration(proxyBeanMethods = false)
class StandingConfiguration {

    @Bean
    StandingStreams standingStreams(MeterRegistry registry) {
        return new StandingStreams(registry);
    }

    @Bean
    StreamsHealth streamsHealthIndicator(StandingStreams streams) {
        return new StreamsHealth(streams);
    }
}
