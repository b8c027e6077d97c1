package io.forgewatch.command.parking;

import io.forgewatch.command.web.LookingBack;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What is parked, to its works and their authorities; and the ministry's word to try it now. */
@RestController
@Tag(name = "parked", description = "What is left alone since it fails 暂停处理")
class ParkingController {

    private static final Logger LOG = LoggerFactory.getLogger(ParkingController.class);

    private final ParkingRows rows;
    private final LookingBack looking;

    ParkingController(ParkingRows rows, LookingBack looking) {
        this.rows = rows;
        this.looking = looking;
    }

    /**
     * What is parked.
     *
     * @param more whether there is more than these
     * @param next the cursor of what there is more; null when there is none
     */
    @Schema(description = "暂停处理清单")
    record ParkedList(
            List<ParkedWork> items,

            @Schema(description = "Whether there is more than these", example = "false")
            boolean more,

            @Nullable @Schema(description = "The cursor of the following piece; null when this was the last")
            String next) {}

    @GetMapping("/parked")
    @Operation(
            summary = "What of the alarms, warnings and deadlines is left alone since it fails 暂停处理清单",
            description =
                    "Within the caller's jurisdiction, what was parked first comes first. What keeps failing is left alone, so that the works' other points, alarms and dates pass; it is tried"
                            + " every half minute, by a new release at once, and when the ministry says so. Nothing of it is lost or"
                            + " given up. Whoever sees something of theirs here for more than a minute must look after it by other"
                            + " means.")
    @ApiResponse(
            responseCode = "200",
            description = "What is parked",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ParkedList.class),
                            examples = @ExampleObject("""
                                            {"items": [{"id": "01a223f6-59e6-7901-a221-fe5d71695931", \
                                            "worker": "signals", "subject": "GT3702110001010001.BF_CW_P.LOW", \
                                            "enterpriseId": "GT3702110001", "cause": "FAILING", "waiting": 1, \
                                            "since": "2026-11-29T02:00:00Z", "attempts": 3, \
                                            "nextTryAt": "2026-11-29T02:01:30Z", "reason": null}], "more": false, "next": null}""")))
    @Refusals(
            value = {"too-many-requests"},
            forbids = false)
    Mono<ParkedList> listParkedWork(
            @Parameter(hidden = true) @Filters({}) ListParameters list, @Parameter(hidden = true) Caller caller) {
        UUID after = list.cursor().map(cursor -> after(cursor.text(0))).orElse(null);
        return looking.page(
                caller,
                rows.page(caller.jurisdiction(), after, list.limit() + 1)
                        .map(work -> caller.role() == Role.MINISTRY ? work : work.withoutReason())
                        .collectList()
                        .map(found ->
                                Page.of(found, list, work -> Cursor.of(work.id().toString())))
                        .map(page -> new ParkedList(page.items(), page.next() != null, page.next())));
    }

    private static UUID after(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException ofAnotherList) {
            throw Problem.invalidParameter(
                    ListParameters.CURSOR,
                    "The cursor is not one that this list gave out: leave it out to begin anew. 游标无效，请从头查询。");
        }
    }

    @PostMapping("/parked/{id}/resumption")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Try at once what is parked 立即恢复处理",
            description = "By the ministry, as after a repair. What succeeds is parked no longer; what fails stays.")
    @ApiResponse(
            responseCode = "202",
            description = "It is tried now",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ParkedWork.class),
                            examples = @ExampleObject("""
                                            {"id": "01a223f6-59e6-7901-a221-fe5d71695931", "worker": "due-dates", \
                                            "subject": "GT3702110001-W7/RED/SIGN/10", "enterpriseId": "GT3702110001", \
                                            "cause": "FAILING", "waiting": 1, "since": "2026-11-29T02:00:00Z", \
                                            "attempts": 40, "nextTryAt": "2026-11-29T02:20:00Z", \
                                            "reason": "java.lang.IllegalStateException: no such profile"}""")))
    Mono<ParkedWork> resumeParkedWork(
            @Parameter(description = "Of what is parked", example = "01a223f6-59e6-7901-a221-fe5d71695931")
                    @PathVariable
                    String id,
            @Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.MINISTRY);
        return rows.resume(id(id))
                .switchIfEmpty(Mono.error(Problem::notFound))
                .doOnNext(work ->
                        LOG.warn("{} has {} of {} tried now", caller.username(), work.subject(), work.worker()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw Problem.notFound();
        }
    }
}
