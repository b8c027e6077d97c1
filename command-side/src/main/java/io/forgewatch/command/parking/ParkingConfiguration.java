package io.forgewatch.command.parking;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of what is parked. */
@Configuration(proxyBeanMethods = false)
class ParkingConfiguration {

    /** By default told from the code itself. */
    @Bean
    Build build(@Value("${forgewatch.build:}") String version) {
        return version.isBlank() ? Build.running() : new Build(version);
    }
}
