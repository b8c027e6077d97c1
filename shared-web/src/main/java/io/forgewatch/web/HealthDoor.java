package io.forgewatch.web;

import java.util.Arrays;
import org.springframework.boot.actuate.endpoint.ApiVersion;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.ReactiveHealthEndpointWebExtension;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code GET} (and {@code HEAD}) {@code /actuator/health} and its groups and parts at the door for all, as the contract says, while everything else of the
 * management has a port of its own. It answers what the management's own would: whoever asks here asks the very server that has to
 * serve, which one beside it could not vouch for.
 */
final class HealthDoor {

    static final String PATH = "/actuator/health";

    private static final MediaType JSON =
            MediaType.parseMediaType(ApiVersion.LATEST.getProducedMimeType().toString());

    private final ReactiveHealthEndpointWebExtension health;

    HealthDoor(ReactiveHealthEndpointWebExtension health) {
        this.health = health;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(PATH, request -> answer())
                .GET(PATH + "/{*parts}", this::answer)
                // As every other GET does; the server leaves the body out.
                .HEAD(PATH, request -> answer())
                .HEAD(PATH + "/{*parts}", this::answer)
                .build();
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        return answer(Arrays.stream(request.pathVariable("parts").split("/", -1))
                .skip(1)
                .toArray(String[]::new));
    }

    private Mono<ServerResponse> answer(String... parts) {
        return health.health(ApiVersion.LATEST, WebServerNamespace.SERVER, SecurityContext.NONE, parts)
                .flatMap(HealthDoor::written);
    }

    private static Mono<ServerResponse> written(WebEndpointResponse<? extends HealthDescriptor> answer) {
        HealthDescriptor body = answer.getBody();
        return body == null
                ? Mono.error(Problem.notFound())
                : ServerResponse.status(answer.getStatus()).contentType(JSON).bodyValue(body);
    }
}
