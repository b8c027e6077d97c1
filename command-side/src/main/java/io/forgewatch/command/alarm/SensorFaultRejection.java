package io.forgewatch.command.alarm;

import io.swagger.v3.oas.annotations.media.Schema;

/** The request not to accept the claim of a sensor fault 退回传感器故障申报. */
record SensorFaultRejection(
        @Schema(maxLength = 1000, example = "请附现场压力表照片") String reason) {}
