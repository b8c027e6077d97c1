package io.forgewatch.query.telemetry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An edge gateway 边缘网关 as its frames show it.
 *
 * @param lastFrameAt when its last frame came in; null when none was seen
 * @param refusedReadings how many of its readings were not taken, ever
 */
@Schema(name = "Gateway")
public record GatewayPresence(
        @Schema(example = "GT3702110001-G1") String id,
        GatewayState state,
        @Schema(types = {"string", "null"}) @Nullable Instant lastFrameAt,
        long refusedReadings) {}
