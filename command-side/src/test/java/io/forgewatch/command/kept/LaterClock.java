package io.forgewatch.command.kept;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The side's clock, set to a moment at its start; it goes on from there. Named as a further source of the application: without an
 * annotation no scan finds it.
 */
public class LaterClock {

    @Bean
    @Primary
    Clock setClock(@Value("${kept.now}") Instant now) {
        return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now));
    }
}
