package io.forgewatch.query.equipment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.forgewatch.query.telemetry.LiveReadings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A device with its points and their latest readings. */
@Schema(name = "DeviceDetail", description = "设备详情")
public record DeviceDetail(
        @Schema(example = "GT3702110001010001") String id,
        @Schema(example = "GT3702110001") String enterpriseId,

        @JsonProperty("class") @Schema(description = "Two digits of the catalogue", example = "01")
        String equipmentClass,

        String name,

        @Schema(description = "Where in the works it stands")
        String area,

        DeviceState state,
        List<PointView> points) {

    static DeviceDetail of(DeviceFold.Kept kept, LiveReadings live) {
        return new DeviceDetail(
                kept.id(),
                kept.enterpriseId(),
                kept.equipmentClass(),
                kept.name(),
                kept.area(),
                kept.state(),
                kept.points().stream()
                        .map(point -> PointView.of(point, live.latest(kept.id(), point.indicator())))
                        .toList());
    }
}
