package io.forgewatch.command.alarm;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** The request to end an alarm whose sensor is dead 传感器故障申报. */
record SensorFaultClaim(
        @Schema(description = "What shows that the sensor is dead", maxLength = 1000, example = "变送器输出恒为 0，现场压力表正常")
        String evidence,

        @Schema(description = "How what it measured is watched meanwhile", maxLength = 1000, example = "每 30 分钟人工抄表")
        String substitute,

        @Schema(description = "By when it is mended, at most 30 days on", example = "2026-12-04T03:15:00Z")
        Instant until) {}
