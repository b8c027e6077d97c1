package io.forgewatch.command.relay;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Has Kafka's copy of the events written anew when it is of another history than the store. */
@RestController
@Tag(name = "relay", description = "事件转发")
class RelayController {

    private static final Logger LOG = LoggerFactory.getLogger(RelayController.class);

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

    @PostMapping("/relay/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Write Kafka's copy of the events anew 重建事件副本",
            description =
                    "By the ministry, and only while the copy ends with an event that the store does not have there, as"
                            + " after a restore from a backup: the copy is emptied and written from the first event on. How far it is,"
                            + " is metric forgewatch.relay.lag. Views made from the old copy stop and say so;"
                            + " POST /projections/{name}/rebuild of the query side makes them from the new one.")
    @ApiResponse(
            responseCode = "202",
            description = "Emptied; it is being written",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Rewriting.class),
                            examples = @ExampleObject("{\"events\": 120345}")))
    @ApiResponse(responseCode = "409", description = "copy-intact: the copy agrees with the store")
    @CommandErrors
    Mono<Rewriting> rebuild(@Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.MINISTRY);
        return relay.writeAnew()
                .flatMap(anew -> anew ? feed.head() : Mono.error(intact()))
                .doOnNext(events -> LOG.warn("{} has the copy of {} events written anew", caller.username(), events))
                .map(Rewriting::new);
    }

    private static Problem intact() {
        return new Problem(
                409, "copy-intact", "The copy agrees with the store: there is nothing to write anew. 副本与存储一致，无需重建。");
    }
}
