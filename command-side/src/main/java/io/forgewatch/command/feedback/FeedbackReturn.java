package io.forgewatch.command.feedback;

import io.swagger.v3.oas.annotations.media.Schema;

/** The request to send an answer back 退回. */
record FeedbackReturn(
        @Schema(maxLength = 1000, example = "原因分析不充分，请补充水泵检修记录")
        String reason) {}
