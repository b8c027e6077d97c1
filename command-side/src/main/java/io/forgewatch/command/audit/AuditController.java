package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.web.LookingBack;
import io.forgewatch.event.Subject;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The whole story of one thing, as it was recorded. */
@RestController
@Tag(name = "audit", description = "Looking back 审计")
class AuditController {

    private final EventArchive archive;
    private final EventPages pages;
    private final LookingBack looking;

    AuditController(EventArchive archive, LookingBack looking) {
        this.archive = archive;
        this.pages = new EventPages(archive);
        this.looking = looking;
    }

    @GetMapping("/audit/subjects/{type}/{id}/events")
    @Operation(
            summary = "The events of one subject, newest first",
            description =
                    "By auditors and the ministry; authorities and enterprises within their jurisdiction. Types: enterprise,"
                            + " device, gateway, rope, alarm, risk, warning. Up to an instant (at) or a position, those"
                            + " included. 审计事件。")
    @ApiResponse(responseCode = "200", description = "A page of events")
    @Refusals(
            value = {"too-many-requests"},
            forbids = false)
    Mono<Page<AuditItem>> listSubjectEvents(
            @Parameter(
                            description = "What it is 对象类型",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "enterprise",
                                                "device",
                                                "gateway",
                                                "rope",
                                                "alarm",
                                                "risk",
                                                "warning"
                                            }),
                            example = "warning")
                    @PathVariable
                    String type,
            @Parameter(description = "Its id 对象编号", example = "GT3702110001-W1") @PathVariable String id,
            @Parameter(hidden = true) @Filters({AuditQuestion.AT, AuditQuestion.POSITION}) ListParameters list,
            @Parameter(hidden = true) Caller caller) {
        Subject subject = AuditSubjects.inPath(type, id);
        caller.mustSee(EnterpriseId.of(id));
        Mono<Page<AuditItem>> page = pages.page(AuditQuestion.about(subject, list))
                .flatMap(found -> found.items().isEmpty() ? existing(subject, found) : Mono.just(found));
        return looking.page(caller, page);
    }

    /** An empty page of something, or 404: what never was has no events. */
    private Mono<Page<AuditItem>> existing(Subject subject, Page<AuditItem> empty) {
        return archive.about(subject, 0, 1)
                .next()
                .switchIfEmpty(Mono.error(Problem::notFound))
                .thenReturn(empty);
    }
}
