package io.forgewatch.command.feedback;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for feedback. */
@Configuration(proxyBeanMethods = false)
class FeedbackConfiguration {

    @Bean
    Feedback feedback() {
        return new Feedback();
    }
}
