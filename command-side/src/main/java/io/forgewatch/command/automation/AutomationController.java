package io.forgewatch.command.automation;

import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How the automations stand, for those who operate the system. */
@RestController
@Tag(name = "automations", description = "Rules that act by themselves 自动处置规则")
class AutomationController {

    private final Automations automations;

    AutomationController(Automations automations) {
        this.automations = automations;
    }

    /** Every automation. */
    record AutomationList(List<AutomationReport> items) {}

    @GetMapping("/automations")
    @Operation(
            summary = "How every automation stands: position, lag, standstill, what is left alone 自动处置规则状态",
            description =
                    "For the ministry's accounts, as the instance that answers knows it. An automation that stands still is"
                            + " tried again by itself, here or on another instance. Where its rule fails on a subject, or a"
                            + " decision fails, that is left alone from there on, and all else goes on; it is tried every half"
                            + " minute, in order, with nothing skipped. What more came than can wait is left alone until there"
                            + " is room. GET /parked shows what each works has of that.")
    @ApiResponse(
            responseCode = "200",
            description = "Every automation by name",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AutomationList.class),
                            examples = @ExampleObject("""
                                            {"items": [{"name": "WhenRiskRisesThenIssueWarning", "here": true, \
                                            "position": 4711, "lag": 0, "standstill": null, "parked": []}]}""")))
    Mono<AutomationList> listAutomations(@Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.MINISTRY);
        return Mono.fromSupplier(() -> new AutomationList(automations.reports()));
    }
}
