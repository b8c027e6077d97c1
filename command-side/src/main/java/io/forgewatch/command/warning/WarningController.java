package io.forgewatch.command.warning;

import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.command.web.Identified;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Signing by the enterprise, verification by the authority. */
@RestController
@Tag(name = "warnings", description = "Signing and verifying warnings 预警签收与核查")
class WarningController {

    private final CommandAnswers answers;

    WarningController(CommandAnswers answers) {
        this.answers = answers;
    }

    @PostMapping("/warnings/{id}/signature")
    @Operation(summary = "Sign a warning", description = "By the enterprise that it concerns. 签收预警。")
    @ApiResponse(
            responseCode = "200",
            description = "Signed, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001-W1\"}")))
    @CommandErrors
    @Refusals({"warning-closed"})
    Mono<ResponseEntity<Map<String, Object>>> signWarning(
            @PathVariable String id,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        WarningId warning = PathIds.warning(id, caller);
        caller.mustBe(Role.ENTERPRISE);
        return answers.done(new SignWarning(warning, caller.username(), answers.now()), caller, key);
    }

    @PostMapping("/warnings/{id}/verification")
    @Operation(
            summary = "Record the verification of an orange or red warning",
            description = "By the authority of its region, once an answer was accepted. 核查预警。")
    @ApiResponse(
            responseCode = "200",
            description = "Recorded",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001-W1\"}")))
    @CommandErrors
    @Refusals({"warning-closed", "warning-not-to-verify"})
    Mono<ResponseEntity<Map<String, Object>>> verifyWarning(
            @PathVariable String id,
            @RequestBody Verification request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        WarningId warning = PathIds.warning(id, caller);
        caller.mustBe(Role.PROVINCE);
        Checked checked = new Checked();
        String note = checked.text("note", request.note(), 1000);
        checked.orRefuse();
        boolean passed = request.result() == Verification.Result.PASSED;
        return answers.done(new VerifyWarning(warning, passed, note, caller.username(), answers.now()), caller, key);
    }
}
