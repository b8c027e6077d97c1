package io.forgewatch.web;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

@RestController
class EchoController {

    record Thing(
            String name,
            int count,
            List<Part> parts,
            @Nullable String note,
            Optional<String> more) {}

    record Part(String enterprise, double value) {
        Part {
            if (!EnterpriseId.FORM.isOne(enterprise)) {
                throw new IllegalArgumentException("Not an enterprise id");
            }
        }
    }

    private final ClientAddresses clients;

    EchoController(ClientAddresses clients) {
        this.clients = clients;
    }

    @PostMapping("/things")
    Mono<Map<String, Object>> take(@RequestBody Thing thing) {
        return Mono.just(Map.of("name", thing.name()));
    }

    @PostMapping("/trees")
    Mono<Integer> tree(@RequestBody tools.jackson.databind.JsonNode tree) {
        return Mono.just(tree.size());
    }

    @GetMapping("/from")
    String from(ServerHttpRequest request) {
        return clients.of(request).map(InetAddress::getHostAddress).orElse("");
    }

    @GetMapping("/me")
    Caller me(Caller caller) {
        return caller;
    }

    @GetMapping("/enterprises/{id}")
    String enterprise(@PathVariable String id, Caller caller) {
        caller.mustSee(EnterpriseId.of(id));
        return "{}";
    }

    @GetMapping("/numbers/{n}")
    String number(@PathVariable int n) {
        return "{}";
    }

    @GetMapping("/list")
    Page<String> list(@Filters({"from", "region"}) ListParameters list) {
        list.region("region");
        list.instant("from");
        return echoed(list);
    }

    @GetMapping("/others/{id}")
    Page<String> others(@PathVariable String id, @Filters({"from", "region"}) ListParameters list) {
        return echoed(list);
    }

    private static Page<String> echoed(ListParameters list) {
        return Page.of(List.of("c", "b", "a").subList(0, Math.min(3, list.limit() + 1)), list, Cursor::of);
    }

    @GetMapping("/asked")
    String asked(@RequestParam long from, @RequestParam(name = "until", required = false) @Nullable Long to) {
        return "{}";
    }

    @GetMapping("/header")
    String header(@RequestHeader("Forgewatch-Position") long position) {
        return "{}";
    }

    @GetMapping("/broken")
    Mono<String> broken() {
        return Mono.error(new IllegalStateException("the secret of the house"));
    }

    /** Is answered, though something fails. */
    @GetMapping("/dropped/{whose}")
    Mono<String> dropped(@PathVariable String whose) {
        return Mono.deferContextual(context -> {
            Operators.onErrorDropped(
                    whose.equals("theirs") ? ReadTimeoutException.INSTANCE : new IllegalStateException("late"),
                    Context.of(context));
            return Mono.just("{}");
        });
    }

    @GetMapping("/late")
    Mono<String> late() {
        return Mono.error(new TimeoutException("the store is away"));
    }

    @GetMapping("/never")
    Mono<String> never() {
        return Mono.error(new Problem(504, "position-not-reached", "Not yet."));
    }

    /** Begins, and goes on only to fail. */
    @GetMapping(path = "/cut", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> cut() {
        return Flux.just(ServerSentEvent.builder("first").build())
                .concatWith(
                        Mono.delay(Duration.ofMillis(100)).then(Mono.error(new TimeoutException("the store is away"))));
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> stream() {
        return Flux.error(Problem.forbidden());
    }

    @GetMapping("/delayed")
    Mono<String> delayed() {
        return Mono.delay(Duration.ofMillis(1)).thenReturn("{}").map(String::strip);
    }
}
