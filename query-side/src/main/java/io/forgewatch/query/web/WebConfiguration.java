package io.forgewatch.query.web;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.StoredJson;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every read of this side shares. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    PositionFilter positionFilter(Progress progress) {
        return new PositionFilter(progress);
    }

    /** Instants in answers have milliseconds, also where they are zero. */
    @Bean
    JsonMapperBuilderCustomizer instantsWithMilliseconds() {
        return json -> json.addModule(StoredJson.instants());
    }
}
