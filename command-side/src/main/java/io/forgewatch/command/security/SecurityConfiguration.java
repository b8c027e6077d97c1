package io.forgewatch.command.security;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that hold keys. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    @Bean
    SecretSeal secretSeal(@Value("${forgewatch.security.master-key}") String masterKey) {
        return new SecretSeal(MasterKey.read(masterKey));
    }

    @Bean
    PasswordHashes passwordHashes(@Value("${forgewatch.security.master-key}") String masterKey) {
        return new PasswordHashes(MasterKey.read(masterKey));
    }

    @Bean
    PasswordLanes passwordLanes() {
        return new PasswordLanes(PasswordHashes.THREADS);
    }

    @Bean
    KeyedMarks signInMarks(@Value("${forgewatch.security.master-key}") String masterKey) {
        return new KeyedMarks(MasterKey.read(masterKey), "sign-in");
    }

    @Bean
    KeyedMarks oneTimeMarks(@Value("${forgewatch.security.master-key}") String masterKey) {
        return new KeyedMarks(MasterKey.read(masterKey), "one-time-password");
    }

    @Bean
    KeyedMarks refreshTokenMarks(@Value("${forgewatch.security.master-key}") String masterKey) {
        return new KeyedMarks(MasterKey.read(masterKey), "refresh-token");
    }
}
