package io.forgewatch.command.alarm;

import io.forgewatch.event.equipment.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for alarms. */
@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {

    @Bean
    Alarm alarm() {
        return new Alarm(Catalogue.standard());
    }
}
