package io.forgewatch.query.warning;

import io.forgewatch.query.web.ReadErrors;
import io.forgewatch.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
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
@Tag(name = "streams", description = "推送")
class WarningStreamController {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final WarningStream stream;
    private final Clock clock;

    WarningStreamController(WarningStream stream, Clock clock) {
        this.stream = stream;
        this.clock = clock;
    }

    @GetMapping(path = "/streams/warnings", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Warnings within your jurisdiction as they are issued and change 预警推送", description = """
                    Server-sent events `warning`: on issue, on each further segment and on each change of status; `id` is the \
                    event's position, `data` the warning as it stood then. A comment `heartbeat` comes at once and every 15 s. \
                    With `Last-Event-ID` it begins after that id, from what is stored; without it, with what happens from now \
                    on (`Last-Event-ID: 0` gives all there ever was). It ends when the token does, and when a reader is too \
                    slow: come back with the last id.""")
    @ReadErrors
    Mono<ResponseEntity<Flux<ServerSentEvent<WarningView>>>> warnings(
            Caller caller,
            @Parameter(description = "The id of the last event that you have", example = "4711")
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
    private Flux<ServerSentEvent<WarningView>> events(Flux<StreamEntry> entries, Caller caller) {
        Duration left = Duration.between(clock.instant(), caller.expiresAt());
        Flux<ServerSentEvent<WarningView>> heartbeats = Flux.interval(Duration.ZERO, HEARTBEAT)
                .onBackpressureDrop()
                .map(beat -> ServerSentEvent.<WarningView>builder()
                        .comment("heartbeat")
                        .build());
        return Flux.merge(entries.map(WarningStreamController::event), heartbeats)
                // Let go without a word in the log: he comes back with the last id.
                .onErrorComplete(WarningLive.TooSlowException.class)
                .takeUntilOther(Mono.firstWithSignal(Mono.delay(left).then(), stream.closed()));
    }

    private static ServerSentEvent<WarningView> event(StreamEntry entry) {
        return ServerSentEvent.builder(entry.warning())
                .id(Long.toString(entry.position()))
                .event("warning")
                .build();
    }
}
