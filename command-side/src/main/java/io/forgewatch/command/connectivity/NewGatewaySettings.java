package io.forgewatch.command.connectivity;

import io.forgewatch.event.telemetry.CodeValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of a gateway, as they are asked for. */
@Schema(name = "GatewaySettings")
record NewGatewaySettings(
        @Schema(description = "All numbers that are codes, at most 20; they take the place of those that held")
        List<CodeValue> codeValues,

        @Schema(
                description = "Indicators whose readings are values whatever they are, at most 200; none when left out",
                example = "[\"AL_LENGTH\"]")
        @Nullable
        List<@Nullable String> exceptIndicators) {}
