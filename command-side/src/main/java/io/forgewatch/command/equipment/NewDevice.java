package io.forgewatch.command.equipment;

import io.forgewatch.event.equipment.PointRatings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The request to register a device. */
record NewDevice(
        @Schema(
                description = "The enterprise's id, two digits of the class, four of its own",
                example = "GT3702110001010001")
        String id,

        @Schema(maxLength = 100, example = "1号高炉") String name,

        @Schema(description = "Where in the works it stands", maxLength = 100, example = "炼铁区")
        String area,

        @Schema(
                description = "Each indicator of the catalogue once, with what its limits are a share of",
                example =
                        "[{\"indicator\": \"BF_CW_P\", \"range\": {\"low\": 0, \"high\": 1.6}}, {\"indicator\": \"BF_CW_F\", \"rated\": 1200}]")
        List<PointRatings> indicators) {}
