package io.forgewatch.command.risk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What risk is assessed by. */
@Configuration(proxyBeanMethods = false)
class RiskConfiguration {

    @Bean
    RiskModel riskModel() {
        return RiskModel.standard();
    }
}
