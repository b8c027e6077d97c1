package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.web.LookingBack;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Everything that was recorded, by what somebody wants to know of it. */
@RestController
@Tag(name = "audit", description = "Looking back 审计")
class EventsController {

    private static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

    private final EventPages pages;
    private final EventExport export;
    private final LookingBack looking;
    private final Clock clock;

    EventsController(EventArchive archive, LookingBack looking, JsonMapper json, Clock clock) {
        this.looking = looking;
        this.pages = new EventPages(archive);
        this.export = new EventExport(archive, json);
        this.clock = clock;
    }

    @GetMapping("/audit/events")
    @Operation(
            summary = "Recorded events by time, actor, place, subject and type",
            description =
                    "By auditors and the ministry; authorities and enterprises within their jurisdiction. Newest first unless"
                            + " order=asc. Times are those at which events were recorded, from inclusive, to exclusive. A page that"
                            + " looked through much and found little may end early, with a next that goes on.\n\nWith Accept:"
                            + " application/x-ndjson all of them, oldest first, one a line, without limit, cursor and order; the last"
                            + " line is {\"complete\": true, \"events\": …, \"position\": …}. An export without it was cut off, as one"
                            + " is when the token ends: ask again after the last position that arrived. 审计事件检索与导出。")
    @ApiResponse(
            responseCode = "200",
            description = "A page of events, or all of them as lines",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(ref = "#/components/schemas/PageAuditItem")),
                @Content(
                        mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                        schema = @Schema(type = "string", description = "A JSON object a line"))
            })
    @Refusals(
            value = {"too-many-requests"},
            forbids = false)
    Mono<Page<AuditItem>> listEvents(
            @Parameter(hidden = true) @Asked ListParameters list, @Parameter(hidden = true) Caller caller) {
        return looking.page(caller, pages.page(AuditQuestion.of(list, caller)));
    }

    /** What both may be asked. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @Filters(
            value = {
                AuditQuestion.FROM,
                AuditQuestion.TO,
                AuditQuestion.ACTOR,
                AuditQuestion.ENTERPRISE,
                AuditQuestion.REGION,
                AuditQuestion.SUBJECT_TYPE,
                AuditQuestion.SUBJECT_ID,
                AuditQuestion.AFTER,
                AuditQuestion.ORDER
            },
            repeated = AuditQuestion.TYPE)
    @interface Asked {}

    @GetMapping(path = "/audit/events", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(hidden = true)
    ResponseEntity<Flux<DataBuffer>> exportEvents(@Asked ListParameters list, Caller caller) {
        for (String ofPages : List.of(ListParameters.LIMIT, ListParameters.CURSOR, AuditQuestion.ORDER)) {
            if (list.text(ofPages).isPresent()) {
                throw Problem.invalidParameter(
                        ofPages, "An export has all events, oldest first: begin with after. 导出按顺序包含全部事件，请用 after 续传。");
            }
        }
        Duration left = Duration.between(clock.instant(), caller.expiresAt());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(looking.export(
                        caller,
                        export.lines(AuditQuestion.of(list, caller), left).map(BUFFERS::wrap)));
    }
}
