package io.forgewatch.web;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The OpenAPI 3.1 document at {@code /v3/api-docs}: what every operation shares is said once, here. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition
class Specification {

    /** The names of the security schemes. */
    static final String BEARER = "bearer";

    static final String SIGNATURE = "httpSignature";

    Specification() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, ListParameters.class);
    }

    @Bean
    OpenAPI openApi(
            @Value("${forgewatch.specification.title}") String title,
            @Value("${forgewatch.specification.description}") String description) {
        return new OpenAPI()
                .info(new Info()
                        .title(title)
                        .version("1.1.0")
                        .description(description)
                        .license(new License().name("Proprietary").identifier("LicenseRef-Proprietary")))
                // Relative: the document does not change with the port it is read from.
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .bearerFormat("JWT")
                                                .description(
                                                        "From POST /auth/tokens on the command side; lasts 15 minutes."))
                                .addSecuritySchemes(
                                        SIGNATURE,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("signature")
                                                .description(
                                                        "A gateway's: HTTP message signature by RFC 9421 in Signature-Input and"
                                                                + " Signature, with Content-Digest by RFC 9530; see POST /telemetry/frames.")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    GlobalOperationCustomizer commonAnswers(ProblemCatalogue catalogue) {
        return new CommonAnswers(catalogue);
    }

    /** Problems are answers of every operation and of no method: springdoc does not find them by itself. */
    @Bean
    @Order(1)
    GlobalOpenApiCustomizer problemSchemas() {
        return document -> CommonAnswers.schemas().forEach(document.getComponents()::addSchemas);
    }

    @Bean
    @Order(2)
    GlobalOpenApiCustomizer sharedParts() {
        return new SharedParts();
    }

    @Bean
    GlobalOpenApiCustomizer parameterTexts() {
        return new ParameterTexts();
    }

    @Bean
    GlobalOperationCustomizer listOperations() {
        return new ListOperations();
    }

    @Bean
    ModelConverter nullness() {
        return new NullnessConverter();
    }

    @Bean
    ModelConverter plainTypes() {
        return new PlainTypes();
    }
}
