package io.forgewatch.command.web;

import io.forgewatch.command.decision.Commands;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the command side's controllers share. */
@Configuration(proxyBeanMethods = false)
public class CommandWebConfiguration {

    @Bean
    CommandAnswers commandAnswers(Commands commands, Clock clock) {
        return new CommandAnswers(commands, clock);
    }

    @Bean
    RefusalProblems refusalProblems() {
        return new RefusalProblems();
    }

    @Bean
    LookingBack lookingBack() {
        return new LookingBack();
    }

    @Bean
    StoreProblems storeProblems() {
        return new StoreProblems();
    }
}
