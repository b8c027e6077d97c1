package io.forgewatch.command.security;

import java.util.Base64;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that hold keys. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecretSeal secretSeal(@Value("${forgewatch.security.master-key}") String masterKey) {
        return new SecretSeal(Base64.getDecoder().decode(masterKey.strip()));
    }
}
