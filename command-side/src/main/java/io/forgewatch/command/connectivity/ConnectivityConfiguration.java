package io.forgewatch.command.connectivity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for gateways. */
@Configuration(proxyBeanMethods = false)
class ConnectivityConfiguration {

    @Bean
    Connectivity connectivity() {
        return new Connectivity();
    }

    @Bean
    GatewaySettings gatewaySettings() {
        return new GatewaySettings();
    }
}
