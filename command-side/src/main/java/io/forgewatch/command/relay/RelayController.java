package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How Kafka's copy of the events stands; has it written anew when it is of another history than the store, or lacks events. */
@RestController
@Tag(name = "relay", description = "The events' copy in Kafka 事件转发")
class RelayController {

    private static final Logger LOG = LoggerFactory.getLogger(RelayController.class);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
    private static final int RETRY_SECONDS = 5;

    private final Relay relay;
    private final EventFeed feed;

    RelayController(Relay relay, EventFeed feed) {
        this.relay = relay;
        this.feed = feed;
    }

    /**
     * What is being written anew.
     *
     * @param events how many the store has
     */
    record Rewriting(@Schema(example = "120345") long events) {}

    @GetMapping("/relay")
    @Operation(
            summary = "How Kafka's copy of the events stands 事件副本状态",
            description =
                    "By the ministry: how many events the copy has of those in the store, and why nothing is sent on"
                            + " where it does not agree with the store.")
    @ApiResponse(
            responseCode = "200",
            description = "The copy and the store",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Copy.class),
                            examples = @ExampleObject("{\"events\": 120345, \"copied\": 120345, \"stray\": null}")))
    Mono<Copy> getEventCopy(@Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.MINISTRY);
        return answered(relay.copy());
    }

    @PostMapping("/relay/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Write Kafka's copy of the events anew 重建事件副本",
            description =
                    "By the ministry, and only while the copy ends with an event that the store does not have there, as"
                            + " after a restore from a backup, or lacks events: the copy is emptied and written from the first"
                            + " event on. GET /relay tells how far it is. Views made from the old copy stop and say so;"
                            + " POST /projections/{name}/rebuild of the query side makes them from the new one.")
    @ApiResponse(
            responseCode = "202",
            description = "Emptied; it is being written",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Rewriting.class),
                            examples = @ExampleObject("{\"events\": 120345}")))
    @Refusals({"copy-intact"})
    Mono<Rewriting> rebuildEventCopy(@Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.MINISTRY);
        return answered(relay.writeAnew())
                .flatMap(anew -> anew ? feed.head() : Mono.error(intact()))
                .doOnNext(events -> LOG.warn("{} has the copy of {} events written anew", caller.username(), events))
                .map(Rewriting::new);
    }

    /** Kafka may be away, or slow: that is not the caller's fault, nor for ever. */
    private static <T> Mono<T> answered(Mono<T> asked) {
        return asked.timeout(LONGEST_ANSWER)
                .onErrorMap(KafkaException.class, away -> Problem.unavailable(RETRY_SECONDS, away));
    }

    private static Problem intact() {
        return new Problem(
                409, "copy-intact", "The copy agrees with the store: there is nothing to write anew. 副本与存储一致，无需重建。");
    }
}
