package io.forgewatch.command.warning;

import io.swagger.v3.oas.annotations.media.Schema;

/** The request to record a verification 核查. */
record Verification(
        @Schema(description = "FAILED sends the warning back to handling")
        Result result,

        @Schema(maxLength = 1000, example = "现场核查，备用泵运行正常，联锁试验合格")
        String note) {

    @Schema(name = "VerificationResult")
    enum Result {
        PASSED,
        FAILED
    }
}
