package io.forgewatch.query.equipment;

import io.forgewatch.query.web.ReadErrors;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "devices", description = "Devices and their points 设备设施")
class DeviceController {

    private final DeviceQueries queries;

    DeviceController(DeviceQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/devices")
    @Operation(summary = "Devices within your jurisdiction, newest first 设备列表")
    @ReadErrors
    Mono<Page<DeviceView>> listDevices(
            Caller caller, @Filters({"enterpriseId", "region", "class", "from", "to"}) ListParameters list) {
        return queries.page(caller, list);
    }

    @GetMapping("/devices/{id}")
    @Operation(summary = "One device, with the latest reading of each point 设备详情")
    @ReadErrors
    Mono<DeviceDetail> getDevice(Caller caller, @Parameter(example = "GT3702110001010001") @PathVariable String id) {
        return queries.one(caller, id);
    }
}
