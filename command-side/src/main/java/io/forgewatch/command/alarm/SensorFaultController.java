package io.forgewatch.command.alarm;

import io.forgewatch.command.alarm.AlarmCommand.AcceptSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ClaimSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.RejectSensorFault;
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

/** Alarms whose sensors are dead: claimed by the enterprise, decided by the authority. */
@RestController
@Tag(name = "alarms", description = "Acknowledging and clearing alarms 报警确认与消警")
class SensorFaultController {

    private final CommandAnswers answers;

    SensorFaultController(CommandAnswers answers) {
        this.answers = answers;
    }

    @PostMapping("/alarms/{id}/sensor-fault")
    @Operation(
            summary = "Claim that an alarm's sensor is dead",
            description =
                    "By the enterprise, of a limit or state of a point whose readings do not show it to be normal: what shows it,"
                            + " how it is watched meanwhile, and until when, at most 30 days. A later claim takes the place of one"
                            + " that is not decided. 传感器故障申报。")
    @ApiResponse(
            responseCode = "200",
            description = "Claimed, now or before",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001.BF_CW_P.LOW.1732440000100\"}")))
    @CommandErrors
    @Refusals({"alarm-cleared", "alarm-not-of-a-sensor", "alarm-settled", "sensor-fault-too-long"})
    Mono<ResponseEntity<Map<String, Object>>> claimSensorFault(
            @PathVariable String id,
            @RequestBody SensorFaultClaim request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        AlarmId alarm = PathIds.alarm(id, caller);
        caller.mustBe(Role.ENTERPRISE);
        Checked checked = new Checked();
        String evidence = checked.text("evidence", request.evidence(), 1000);
        String substitute = checked.text("substitute", request.substitute(), 1000);
        checked.orRefuse();
        return answers.done(
                new ClaimSensorFault(alarm, evidence, substitute, request.until(), caller.username(), answers.now()),
                caller,
                key);
    }

    @PostMapping("/alarms/{id}/sensor-fault/acceptance")
    @Operation(
            summary = "Accept that an alarm's sensor is dead",
            description = "By the authority of the enterprise's region or the ministry: the alarm ends. 同意传感器故障申报。")
    @ApiResponse(
            responseCode = "200",
            description = "Accepted; the alarm is over",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001.BF_CW_P.LOW.1732440000100\"}")))
    @CommandErrors
    @Refusals({"alarm-cleared", "sensor-fault-not-claimed", "sensor-fault-over"})
    Mono<ResponseEntity<Map<String, Object>>> acceptSensorFault(
            @PathVariable String id,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        AlarmId alarm = PathIds.alarm(id, caller);
        caller.mustBe(Role.PROVINCE, Role.MINISTRY);
        return answers.done(new AcceptSensorFault(alarm, caller.username(), answers.now()), caller, key);
    }

    @PostMapping("/alarms/{id}/sensor-fault/rejection")
    @Operation(
            summary = "Do not accept that an alarm's sensor is dead",
            description = "By the authority of the enterprise's region or the ministry: the alarm stays. 退回传感器故障申报。")
    @ApiResponse(
            responseCode = "200",
            description = "Rejected; the alarm stays",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Identified.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001.BF_CW_P.LOW.1732440000100\"}")))
    @CommandErrors
    @Refusals({"alarm-cleared", "sensor-fault-not-claimed"})
    Mono<ResponseEntity<Map<String, Object>>> rejectSensorFault(
            @PathVariable String id,
            @RequestBody SensorFaultRejection request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        AlarmId alarm = PathIds.alarm(id, caller);
        caller.mustBe(Role.PROVINCE, Role.MINISTRY);
        Checked checked = new Checked();
        String reason = checked.text("reason", request.reason(), 1000);
        checked.orRefuse();
        return answers.done(new RejectSensorFault(alarm, reason, caller.username(), answers.now()), caller, key);
    }
}
