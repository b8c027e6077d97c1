package io.forgewatch.web;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.WebFilter;

/**
 * Pages of other origins may call us only when {@code forgewatch.web.allowed-origins} names them (whole origins, separated by
 * commas). No cookies are ever used.
 */
@Configuration(proxyBeanMethods = false)
class Browsers {

    /** Before who is calling is asked, so that a page can read a 401 too. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 60)
    @ConditionalOnExpression("!'${forgewatch.web.allowed-origins:}'.isBlank()")
    WebFilter otherOrigins(@Value("${forgewatch.web.allowed-origins}") List<String> origins) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(
                "Authorization",
                "Cache-Control",
                "Content-Type",
                "Idempotency-Key",
                "Forgewatch-Position",
                "Last-Event-ID",
                "Pragma",
                "traceparent"));
        cors.setExposedHeaders(List.of("Forgewatch-Position", "Retry-After", "WWW-Authenticate"));
        cors.setMaxAge(Duration.ofMinutes(30));
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", cors);
        return new CorsWebFilter(everywhere);
    }
}
