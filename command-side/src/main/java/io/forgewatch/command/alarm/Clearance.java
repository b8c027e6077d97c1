package io.forgewatch.command.alarm;

import io.swagger.v3.oas.annotations.media.Schema;

/** The request to clear an alarm 消警. */
record Clearance(
        @Schema(description = "What caused it", maxLength = 500, example = "循环水泵 A 跳闸")
        String cause,

        @Schema(description = "What was done", maxLength = 500, example = "切换备用泵，压力恢复")
        String measure) {}
