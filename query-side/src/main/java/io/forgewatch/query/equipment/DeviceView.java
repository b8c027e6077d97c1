package io.forgewatch.query.equipment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;

/** A device 设备设施 as lists show it. */
@Schema(name = "Device", description = "设备设施")
public record DeviceView(
        @Schema(example = "GT3702110001010001") String id,
        @Schema(example = "GT3702110001") String enterpriseId,

        @JsonProperty("class") @Schema(description = "Two digits of the catalogue", example = "01")
        String equipmentClass,

        String name,

        @Schema(description = "Where in the works it stands")
        String area,

        DeviceState state) {

    static DeviceView of(DeviceFold.Kept kept) {
        return new DeviceView(
                kept.id(), kept.enterpriseId(), kept.equipmentClass(), kept.name(), kept.area(), kept.state());
    }
}
