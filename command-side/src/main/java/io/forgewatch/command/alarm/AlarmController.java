package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.command.web.Identified;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.identity.Role;
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

/** What an enterprise does with its own alarms. */
@RestController
@Tag(name = "alarms", description = "Acknowledging and clearing alarms 报警确认与消警")
class AlarmController {

    private final CommandAnswers answers;

    AlarmController(CommandAnswers answers) {
        this.answers = answers;
    }

    @PostMapping("/alarms/{id}/acknowledgement")
    @Operation(
            summary = "Acknowledge an alarm",
            description = "By the enterprise. One that is acknowledged or has returned stays as it is. 确认报警。")
    @ApiResponse(
            responseCode = "200",
            description = "Acknowledged",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001.BF_CW_P.LOW.1732440000100\"}")))
    @CommandErrors
    @Refusals({"alarm-cleared"})
    Mono<ResponseEntity<Map<String, Object>>> acknowledgeAlarm(
            @PathVariable String id,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        AlarmId alarm = PathIds.alarm(id, caller);
        caller.mustBe(Role.ENTERPRISE);
        return answers.done(new AcknowledgeAlarm(alarm, caller.username(), answers.now()), caller, key);
    }

    @PostMapping("/alarms/{id}/clearance")
    @Operation(
            summary = "Clear an alarm whose value is back",
            description =
                    "By the enterprise, with cause and measure, once good readings showed the value to be normal for 60 s"
                            + " (severity A: 300 s). Asked of HH, LL and alarm states; all else clears by itself then. 消警。")
    @ApiResponse(
            responseCode = "200",
            description = "Cleared",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001.BF_CW_P.LOW.1732440000100\"}")))
    @CommandErrors
    @Refusals({"alarm-cleared", "alarm-not-returned", "alarm-not-settled"})
    Mono<ResponseEntity<Map<String, Object>>> clearAlarm(
            @PathVariable String id,
            @RequestBody Clearance request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        AlarmId alarm = PathIds.alarm(id, caller);
        caller.mustBe(Role.ENTERPRISE);
        Checked checked = new Checked();
        String cause = checked.text("cause", request.cause(), 500);
        String measure = checked.text("measure", request.measure(), 500);
        checked.orRefuse();
        return answers.done(new ClearAlarm(alarm, cause, measure, caller.username(), answers.now()), caller, key);
    }
}
