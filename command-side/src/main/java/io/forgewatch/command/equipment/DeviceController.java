package io.forgewatch.command.equipment;

import io.forgewatch.command.equipment.EquipmentCommand.RegisterDevice;
import io.forgewatch.command.equipment.EquipmentCommand.SetPointRange;
import io.forgewatch.command.web.Checked;
import io.forgewatch.command.web.CommandAnswers;
import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.command.web.PathIds;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.PointRatings;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Registers devices, and takes what becomes known of their points. */
@RestController
@Tag(name = "devices", description = "设备设施与监测点")
class DeviceController {

    private static final int MOST_INDICATORS = 200;
    private static final int LONGEST_CODE = 40;

    private final CommandAnswers answers;

    DeviceController(CommandAnswers answers) {
        this.answers = answers;
    }

    /**
     * For the specification: a device that is known.
     *
     * @param points how many it has
     */
    record RegisteredDevice(String id, int points) {}

    /** For the specification: a point whose range is known. */
    record RangedPoint(String id, String indicator) {}

    @PostMapping("/enterprises/{id}/devices")
    @Operation(
            summary = "Register a device with its monitoring points",
            description =
                    "By the enterprise itself, its authority or the ministry. Limits follow from the catalogue and the"
                            + " device's own rated, set, design or limit values; a point may bring the range of its"
                            + " transmitter along. 登记设备与监测点。")
    @ApiResponse(
            responseCode = "201",
            description = "Registered, or known with the same particulars",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RegisteredDevice.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001\", \"points\": 2}")))
    @CommandErrors
    @Refusals({
        "422:unknown-indicator",
        "device-exists",
        "foreign-indicator",
        "indicator-twice",
        "limits-out-of-order",
        "no-indicators",
        "range-invalid",
        "reference-invalid",
        "reference-missing",
        "unknown-equipment-class",
        "variant-unknown"
    })
    Mono<ResponseEntity<Map<String, Object>>> register(
            @PathVariable String id,
            @RequestBody NewDevice request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        EnterpriseId enterprise = PathIds.enterprise(id, caller);
        caller.mustBe(Role.ENTERPRISE, Role.PROVINCE, Role.MINISTRY);
        Checked checked = new Checked();
        String name = checked.text("name", request.name(), 100);
        String area = checked.text("area", request.area(), 100);
        checked.that(
                DeviceId.FORM.isOne(request.id()) && request.id().startsWith(enterprise.value()),
                "id",
                "The enterprise's id, two digits of the class, four of its own. 设备编码格式错误或不属于该企业。");
        check(checked, request.indicators());
        checked.orRefuse();
        return answers.created(
                new RegisterDevice(new DeviceId(request.id()), name, area, request.indicators(), answers.now()),
                caller,
                key);
    }

    @PutMapping("/devices/{id}/points/{indicator}/range")
    @Operation(
            summary = "Tell the range of a point's transmitter",
            description =
                    "The first one or a wider one by the enterprise; by its authority or the ministry also a narrower one"
                            + " (else 403). It holds every limit with at least one deadband to spare and is at most 20"
                            + " times as wide as the limits are apart, with one limit 20 times that (else 422"
                            + " range-invalid). The same again changes nothing. 设定监测点变送器量程。")
    @ApiResponse(
            responseCode = "200",
            description = "It counts from now on",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RangedPoint.class),
                            examples = @ExampleObject("{\"id\": \"GT3702110001010001\", \"indicator\": \"BF_CW_P\"}")))
    @CommandErrors
    @Refusals({"range-invalid"})
    Mono<ResponseEntity<Map<String, Object>>> range(
            @PathVariable String id,
            @PathVariable String indicator,
            @RequestBody TransmitterRange request,
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = CommandAnswers.IDEMPOTENCY_KEY, required = false) @Nullable String key) {
        DeviceId device = PathIds.device(id, caller);
        caller.mustBe(Role.ENTERPRISE, Role.PROVINCE, Role.MINISTRY);
        return answers.done(
                new SetPointRange(
                        device,
                        indicator,
                        request.range(),
                        caller.role() != Role.ENTERPRISE,
                        caller.username(),
                        answers.now()),
                caller,
                key);
    }

    private static void check(Checked checked, List<PointRatings> indicators) {
        checked.that(
                !indicators.isEmpty() && indicators.size() <= MOST_INDICATORS,
                "indicators",
                "1 to " + MOST_INDICATORS + " indicators. 应为 1 至 " + MOST_INDICATORS + " 个指标。");
        for (int i = 0; i < Math.min(indicators.size(), MOST_INDICATORS); i++) {
            PointRatings ratings = indicators.get(i);
            checked.text("indicators/" + i + "/indicator", ratings.indicator(), LONGEST_CODE);
            if (ratings.variant() != null) {
                checked.text("indicators/" + i + "/variant", ratings.variant(), LONGEST_CODE);
            }
        }
    }
}
