package io.forgewatch.web;

import io.forgewatch.standing.StandingConfiguration;
import io.forgewatch.standing.StandingStreams;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.ReactiveHealthEndpointWebExtension;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** What both sides' HTTP doors share, and what lets each side's streams stand; each side imports it. */
@Configuration(proxyBeanMethods = false)
@Import({Specification.class, Browsers.class, StandingConfiguration.class})
public class WebEdge implements WebFluxConfigurer {

    /** A Boot application of one side, with {@code web-edge.yaml} and then the side's own file as its settings. */
    public static SpringApplication application(Class<?> side, String file) {
        SpringApplication application = new SpringApplication(side);
        application.setMainApplicationClass(side);
        application.setDefaultProperties(Map.of("spring.config.name", "web-edge," + file));
        return application;
    }

    /**
     * Properties, for a side beside others on one machine, as the arguments that win over files and environment. Its management takes
     * any free port unless it is told one: it is nobody's to agree upon.
     */
    public static String[] arguments(Map<String, Object> properties) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.putIfAbsent("management.server.port", 0);
        return all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new CallerResolver(), new ListParametersResolver());
    }

    @Bean
    TokenKeys tokenKeys(
            @Value("${forgewatch.security.token-public-key:}") String publicKey,
            @Value("${forgewatch.security.token-public-keys:}") String folder,
            StandingStreams streams) {
        return new TokenKeys(publicKey, new PemFolder(folder), streams);
    }

    @Bean
    TokenVerifier tokenVerifier(TokenKeys keys, Clock clock) {
        return new TokenVerifier(keys, clock);
    }

    @Bean
    BearerFilter bearerFilter(TokenVerifier tokens, ApplicationContext side) {
        return new BearerFilter(tokens, side);
    }

    @Bean
    ClientAddresses clientAddresses(@Value("${forgewatch.web.trusted-proxies}") List<String> trusted) {
        return new ClientAddresses(trusted.stream()
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(AddressBlock::parse)
                .toList());
    }

    @Bean
    AbandonedAnswers abandonedAnswers() {
        return new AbandonedAnswers();
    }

    @Bean
    LateFailures lateFailures(ProblemAnswers answers) {
        return new LateFailures(answers);
    }

    @Bean
    AnswerHeaders answerHeaders() {
        return new AnswerHeaders();
    }

    @Bean
    SpecificationFilter specificationFilter() {
        return new SpecificationFilter();
    }

    @Bean
    ProblemCatalogue problemCatalogue() {
        return ProblemCatalogue.read();
    }

    /** After the translations that a side adds. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ProblemTranslation requestProblems() {
        return new RequestProblems();
    }

    @Bean
    ProblemAnswers problemAnswers(ObjectProvider<ProblemTranslation> translations, ProblemCatalogue catalogue) {
        return new ProblemAnswers(translations.orderedStream().toList(), catalogue);
    }

    @Bean
    RouterFunction<ServerResponse> problemPages(ProblemCatalogue catalogue) {
        return new ProblemPages(catalogue).routes();
    }

    @Bean
    RouterFunction<ServerResponse> healthDoor(ReactiveHealthEndpointWebExtension health) {
        return new HealthDoor(health).routes();
    }

    /** Event loops of this side's own: the common ones would end for both sides as soon as one of them is closed. */
    @Bean
    ReactorResourceFactory eventLoops() {
        ReactorResourceFactory factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        return factory;
    }

    /** Nobody keeps a connection by sending a request drop by drop. */
    @Bean
    NettyServerCustomizer patience(
            @Value("${forgewatch.web.read-timeout}") Duration read,
            @Value("${forgewatch.web.request-timeout}") Duration whole) {
        return server -> server.readTimeout(read).requestTimeout(whole);
    }

    @Bean
    NettyServerCustomizer bareRefusals(ProblemAnswers answers) {
        return new BareRefusals(answers);
    }

    /** Refuses what the types don't allow; limits and the other switches are in {@code web-edge.yaml}. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.addModule(Instants.module())
                .addModule(ExactValues.module())
                .annotationIntrospector(StrictJson.beside(builder.annotationIntrospector()))
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> List.of(
                                        CoercionInputShape.Integer,
                                        CoercionInputShape.Float,
                                        CoercionInputShape.Boolean)
                                .forEach(other -> texts.setCoercion(other, CoercionAction.Fail)));
    }

    /** In place of the one that Boot makes. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    CodecCustomizer utf8Json(JsonMapper json) {
        return codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new Utf8Json(json));
    }

    @Bean
    WebFluxRegistrations checkedCalls() {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new CheckedCalls();
            }
        };
    }

    /** The side's one clock; tests put theirs in its place. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
