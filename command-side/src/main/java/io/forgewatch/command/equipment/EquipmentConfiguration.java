package io.forgewatch.command.equipment;

import io.forgewatch.event.equipment.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for equipment. */
@Configuration(proxyBeanMethods = false)
class EquipmentConfiguration {

    @Bean
    Device device() {
        return new Device(Catalogue.standard());
    }
}
