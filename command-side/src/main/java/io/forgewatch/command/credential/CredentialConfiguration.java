package io.forgewatch.command.credential;

import io.forgewatch.command.eventstore.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables of what people sign in with. */
@Configuration(proxyBeanMethods = false)
public class CredentialConfiguration {

    @Bean
    SessionTable sessionTable(Database database) {
        return new SessionRows(database);
    }

    @Bean
    PasswordTable passwordTable(Database database) {
        return new PasswordRows(database);
    }
}
