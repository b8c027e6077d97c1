package io.forgewatch.command.enterprise;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for enterprises. */
@Configuration(proxyBeanMethods = false)
class EnterpriseConfiguration {

    @Bean
    Enterprise enterprise() {
        return new Enterprise();
    }

    @Bean
    GatewaySecrets gatewaySecrets() {
        return new GatewaySecrets();
    }
}
