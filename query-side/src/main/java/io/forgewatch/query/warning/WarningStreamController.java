package io.forgewatch.query.warning;

import io.forgewatch.query.outlet.EventStream;
import io.forgewatch.query.outlet.Told;
import io.forgewatch.query.projection.Place;
import io.forgewatch.query.web.ReadErrors;
import io.forgewatch.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "streams", description = "What happens as it happens 推送")
class WarningStreamController {

    /** When a browser comes back after an end: not all at once. */
    private static final long SOONEST_MILLIS = 1_000;

    private static final long LATEST_MILLIS = 5_000;

    private final EventStream<WarningView> stream;
    private final Clock clock;

    WarningStreamController(EventStream<WarningView> stream, Clock clock) {
        this.stream = stream;
        this.clock = clock;
    }

    @GetMapping(path = "/streams/warnings", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Warnings within your jurisdiction as they are issued and change 预警推送", description = """
                    Server-sent events `warning`: on issue, on each further segment and on each change of status; `id` is the \
                    event's position, `data` the warning as it stood then. A comment `heartbeat` comes at once and every 15 s, \
                    with the `id` up to which all was sent and with `retry`: no event is dispatched for it. Open the stream \
                    first and then read the list, and nothing falls between. \
                    With `Last-Event-ID` it begins after that id, from what is stored; without it, with what happens from now \
                    on (`Last-Event-ID: 0` gives all there ever was). It ends when the token does, and when a reader is too \
                    slow: come back with the last id. After the events were restored to an earlier state (a disaster), the \
                    number of their history stands before the position (`2-4801`); whoever comes back with an id of a history \
                    that is gone hears everything that this one has beyond what both have in common.""")
    @ApiResponse(
            responseCode = "200",
            description = "The stream; the schema is that of the data of each event",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = WarningView.class)))
    @ReadErrors
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> followWarnings(
            Caller caller,
            @Parameter(
                            description = "The id of the last event that you have",
                            schema = @Schema(type = "string", pattern = "^([0-9]+-)?[0-9]{1,18}$"),
                            example = "2-4801")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable
                    String lastEventId) {
        return stream.open(caller, lastEventId)
                .map(entries -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no")
                        .body(events(entries, caller)));
    }

    /** The first heartbeat is sent at once, and the headers with it; by then the caller is listened for. */
    private Flux<ServerSentEvent<String>> events(Flux<Told> told, Caller caller) {
        Duration left = Duration.between(clock.instant(), caller.expiresAt());
        long retryMillis = ThreadLocalRandom.current().nextLong(SOONEST_MILLIS, LATEST_MILLIS);
        return told.map(one -> event(one, Duration.ofMillis(retryMillis))).takeUntilOther(Mono.delay(left));
    }

    /** A comment for who looks whether the stream lives, and the id for who comes back: nobody's program is called for it. */
    private static ServerSentEvent<String> event(Told told, Duration retry) {
        return switch (told) {
            case Told.UpTo(Place place) ->
                ServerSentEvent.<String>builder()
                        .comment("heartbeat")
                        .id(place.wire())
                        .retry(retry)
                        .build();
            case Told.News(Place place, String warning) ->
                event(warning).id(place.wire()).build();
            // Its position lies behind what the caller has: an id would make him come back to there.
            case Told.LateNews(var _, long _, String warning) -> event(warning).build();
        };
    }

    private static ServerSentEvent.Builder<String> event(String warning) {
        return ServerSentEvent.builder(warning).event("warning");
    }
}
