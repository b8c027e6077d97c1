package io.forgewatch.command.equipment;

import io.forgewatch.event.equipment.Range;
import io.swagger.v3.oas.annotations.media.Schema;

/** The request to tell the range of a transmitter 量程. */
record TransmitterRange(
        @Schema(description = "The lower end, in the point's unit", example = "0")
        double low,

        @Schema(description = "The upper end, in the point's unit", example = "1.6")
        double high) {

    Range range() {
        return new Range(low, high);
    }
}
