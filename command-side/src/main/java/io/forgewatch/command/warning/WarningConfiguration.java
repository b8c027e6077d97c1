package io.forgewatch.command.warning;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What warnings go by. */
@Configuration(proxyBeanMethods = false)
class WarningConfiguration {

    @Bean
    WarningRules warningRules() {
        return WarningRules.standard();
    }
}
