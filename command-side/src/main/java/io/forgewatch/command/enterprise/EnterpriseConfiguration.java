package io.forgewatch.command.enterprise;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What enterprises need besides. */
@Configuration(proxyBeanMethods = false)
class EnterpriseConfiguration {

    @Bean
    GatewaySecrets gatewaySecrets() {
        return new GatewaySecrets();
    }
}
