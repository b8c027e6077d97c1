package io.forgewatch.command.parking;

import io.forgewatch.command.eventstore.Database;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of what is parked. */
@Configuration(proxyBeanMethods = false)
class ParkingConfiguration {

    @Bean
    ParkedSignals parkedSignals(Database database, Build build) {
        return new ParkedSignalRows(database, build);
    }

    /** By default told from the code itself. */
    @Bean
    Build build(@Value("${forgewatch.build:}") String version) {
        return version.isBlank() ? Build.running() : new Build(version);
    }
}
