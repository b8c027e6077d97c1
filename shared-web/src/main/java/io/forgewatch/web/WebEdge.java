package io.forgewatch.web;

import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/** What both sides' HTTP doors share; each side imports it. */
@Configuration(proxyBeanMethods = false)
public class WebEdge implements WebFluxConfigurer {

    /** A Boot application of one side, with {@code web-edge.yaml} and then the side's own file as its settings. */
    public static SpringApplication application(Class<?> side, String file) {
        SpringApplication application = new SpringApplication(side);
        application.setMainApplicationClass(side);
        application.setDefaultProperties(Map.of("spring.config.name", "web-edge," + file));
        return application;
    }

    /** Properties as the arguments that win over files and environment. */
    public static String[] arguments(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new CallerResolver(), new ListParametersResolver());
    }

    @Bean
    TokenVerifier tokenVerifier(@Value("${forgewatch.security.token-public-key}") String publicKey, Clock clock) {
        return new TokenVerifier(Pem.publicKey(publicKey), clock);
    }

    @Bean
    BearerFilter bearerFilter(TokenVerifier tokens) {
        return new BearerFilter(tokens);
    }

    @Bean
    ProblemAnswers problemAnswers() {
        return new ProblemAnswers();
    }

    /** The side's one clock; tests put theirs in its place. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
