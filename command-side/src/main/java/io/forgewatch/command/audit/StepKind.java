package io.forgewatch.command.audit;

import io.swagger.v3.oas.annotations.media.Schema;

/** What sort of step a warning's story took. */
@Schema(name = "WarningStoryStepKind")
enum StepKind {
    /** The limits were set that were in force. */
    THRESHOLD,
    /** Readings broke a limit. */
    READINGS,
    ALARM_RAISED,
    ALARM_UPGRADED,
    ALARM_ACKNOWLEDGED,
    ALARM_RETURNED,
    ALARM_BREACHED_AGAIN,
    /** The value stayed normal for long enough: a person may clear 稳定恢复. */
    ALARM_SETTLED,
    ALARM_CLEARED,
    /** An approved decision ended it 终止. */
    ALARM_ENDED,
    RISK,
    /** The warning was issued and pushed 推送. */
    WARNING_ISSUED,
    /** A further alarm or another level was pushed. */
    SEGMENT,
    SIGNATURE,
    ESCALATION,
    FEEDBACK,
    FEEDBACK_ACCEPTED,
    FEEDBACK_RETURNED,
    VERIFICATION,
    CLOSING,
    /** Something else that led to one of the steps. */
    OTHER
}
