package io.forgewatch.command.feedback;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The request to answer a warning 反馈. */
record NewFeedback(
        @Schema(
                description = "Number of the demand that it answers, from 1; the newest where it is left out",
                example = "1")
        @Nullable
        Integer demand,

        @Schema(description = "Why it came to the alarms", maxLength = 2000, example = "循环水泵 A 跳闸，供水压力下降")
        String cause,

        @Schema(description = "What was done", maxLength = 2000, example = "停止送风，切换备用泵，压力恢复正常")
        String measures,

        @Schema(description = "Who answers for it", maxLength = 100, example = "王建国")
        String person,

        @Schema(description = "When the cause occurred", example = "2026-11-24T22:35:00Z")
        Instant occurredAt) {}
