package io.forgewatch.command.eventstore;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The name of this instance. */
@Configuration(proxyBeanMethods = false)
class InstanceConfiguration {

    @Bean
    InstanceId instanceId(@Value("${forgewatch.instance:}") String instance) {
        return new InstanceId(instance);
    }
}
