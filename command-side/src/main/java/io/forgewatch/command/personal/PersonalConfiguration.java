package io.forgewatch.command.personal;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.PersonalKeyTable;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.security.SeededRandom;
import java.security.SecureRandom;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** What runs for personal data. */
@Configuration(proxyBeanMethods = false)
public class PersonalConfiguration {

    private final SecureRandom random = SeededRandom.make();

    @Bean
    PersonalKeys personalKeys(PersonalKeyTable table, SecretSeal seal) {
        return new PersonalKeys(table, seal, random);
    }

    @Bean
    Confidences confidences(PersonalKeys keys) {
        return new Confidences(keys, random);
    }

    @Bean
    @Primary
    EventArchive legibleArchive(@Qualifier("eventArchive") EventArchive stored, PersonalKeys keys) {
        return new LegibleArchive(stored, new PersonalTexts(keys));
    }

    @Bean
    Erasures erasures(EventFeed feed, @Qualifier("eventArchive") EventArchive stored, PersonalKeys keys) {
        return new Erasures(feed, stored, keys);
    }
}
