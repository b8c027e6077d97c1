package io.forgewatch.query.web;

import io.forgewatch.query.projection.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every read of this side shares. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    PositionFilter positionFilter(Progress progress, MeterRegistry meters) {
        PositionWaits waits = new PositionWaits(progress);
        Gauge.builder("forgewatch.position.waiting", waits, PositionWaits::waiting)
                .description("Requests that wait for the views to reach their position")
                .register(meters);
        return new PositionFilter(progress, waits);
    }
}
