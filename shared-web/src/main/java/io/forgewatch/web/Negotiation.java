package io.forgewatch.web;

import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.accept.HeaderContentTypeResolver;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whether a caller takes the answer that there will be. Spring asks so beforehand where a method says what it produces, and else when
 * it has answered: a command would be decided, and its sender told that there is nothing for him.
 */
final class Negotiation {

    private static final Set<MediaType> UNSAID = Set.of(MediaType.APPLICATION_JSON);

    private static final HeaderContentTypeResolver ACCEPT = new HeaderContentTypeResolver();

    private Negotiation() {}

    /**
     * What says nothing else produces JSON, from now on for Spring too.
     *
     * @throws NotAcceptableStatusException when it is not to be understood what the caller takes
     */
    static boolean isAnswerTaken(ServerWebExchange exchange) {
        Object said = exchange.getAttributes().putIfAbsent(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, UNSAID);
        return said != null
                || ACCEPT.resolveMediaTypes(exchange).stream()
                        .anyMatch(accepted -> accepted.isCompatibleWith(MediaType.APPLICATION_JSON));
    }

    static NotAcceptableStatusException notAcceptable() {
        return new NotAcceptableStatusException(List.copyOf(UNSAID));
    }
}
