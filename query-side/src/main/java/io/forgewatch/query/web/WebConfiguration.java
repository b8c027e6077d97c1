package io.forgewatch.query.web;

import io.forgewatch.query.projection.Progress;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every read of this side shares. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    PositionFilter positionFilter(Progress progress) {
        return new PositionFilter(progress);
    }
}
