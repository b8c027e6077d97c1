package io.forgewatch.command.parking;

import io.forgewatch.command.eventstore.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
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

    @Bean
    ParkingRows parkingRows(Database database) {
        return new ParkingRows(database);
    }

    @Bean
    ParkingWatch parkingWatch(ParkingRows rows, ObjectProvider<MeterRegistry> meters) {
        return new ParkingWatch(rows, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    ParkingHealth parkedHealthIndicator(ParkingWatch watch) {
        return new ParkingHealth(watch);
    }

    /** By default told from the code itself. */
    @Bean
    Build build(@Value("${forgewatch.build:}") String version) {
        return version.isBlank() ? Build.running() : new Build(version);
    }
}
