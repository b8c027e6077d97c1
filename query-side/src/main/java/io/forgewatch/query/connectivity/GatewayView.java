package io.forgewatch.query.connectivity;

import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.query.telemetry.GatewayPresence;
import io.forgewatch.query.telemetry.GatewayState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edge gateway 边缘网关: whether it is heard, whether its clock and its data are of the moment, and what its codes are. */
@Schema(name = "EdgeGateway", description = "边缘网关")
public record GatewayView(
        @Schema(example = "GT3702110001-G1") String id,
        @Schema(example = "GT3702110001") String enterpriseId,
        Instant registeredAt,

        @Schema(
                description =
                        "By its frames, with or without readings: SUSPECT after 90 s without any, OFFLINE after 5 min,"
                                + " UNKNOWN while we have not watched for long enough to say so")
        GatewayState state,

        @Schema(
                description = "When its last frame came in; null when none was seen",
                types = {"string", "null"})
        @Nullable
        Instant lastFrameAt,

        @Schema(description = "How many of its readings were not taken, ever", example = "0")
        long refusedReadings,

        Clock clock,

        @Schema(description = "Null while its newest readings are of the moment") @Nullable
        Lag behind,

        GatewayCodes codes) {

    /** The clock of the gateway 网关时钟. */
    @Schema(name = "GatewayClock")
    public record Clock(
            @Schema(description = "Whether it was found more than 30 s off, and not right since")
            boolean wrong,

            @Schema(
                    description =
                            "How far it is ahead, when it was found wrong; negative for behind, null while it is right",
                    types = {"integer", "null"},
                    example = "-310")
            @Nullable
            Long offsetSeconds,

            @Schema(
                    description = "Since when it is so; null while it was never found wrong",
                    types = {"string", "null"})
            @Nullable
            Instant since) {

        static final Clock RIGHT = new Clock(false, null, null);
    }

    /** 数据滞后: for a minute the newest readings that it sent were more than 30 s old. */
    @Schema(name = "GatewayLag")
    public record Lag(
            @Schema(description = "How old the newest was", example = "35")
            long seconds,

            Instant since) {}

    static GatewayView of(GatewayFold.Kept kept, GatewayPresence presence) {
        return new GatewayView(
                kept.id(),
                kept.enterpriseId(),
                kept.registeredAt(),
                presence.state(),
                presence.lastFrameAt(),
                presence.refusedReadings(),
                kept.clock(),
                kept.behind(),
                kept.codes());
    }
}
