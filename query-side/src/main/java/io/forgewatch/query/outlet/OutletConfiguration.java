package io.forgewatch.query.outlet;

import java.util.List;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutletConfiguration {

    @Bean
    HealthIndicator outletsHealthIndicator(List<Outlet<?>> outlets) {
        return new OutletHealth(outlets);
    }
}
