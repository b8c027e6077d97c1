package io.forgewatch.command.telemetry;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.standing.StandingStreams;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the plant as readings meet it. */
@Configuration(proxyBeanMethods = false)
class TelemetryConfiguration {

    @Bean
    SecretUnsealing secretUnsealing(SecretSeal seal) {
        return seal::unseal;
    }

    @Bean
    PlantDirectory plantDirectory(SecretUnsealing unsealing) {
        return new PlantDirectory(unsealing);
    }

    @Bean
    PlantFeed plantFeed(EventFeed feed, SelectedEvents selected, PlantDirectory directory, StandingStreams streams) {
        return new PlantFeed(feed, selected, directory, streams);
    }
}
