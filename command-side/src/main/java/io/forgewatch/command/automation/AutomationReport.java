package io.forgewatch.command.automation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an automation stands, as far as this instance knows.
 *
 * @param here whether this instance runs it
 * @param position up to which all events are handled; of what runs elsewhere, as it was stored last
 * @param lag how many events are stored after that
 * @param standstill that this instance found, or null while it goes on, here or elsewhere
 * @param parked whose events are left alone: by what runs here, and by what runs elsewhere as it was stored last
 * @param behindFor for how long more has come of somebody than can wait, by what runs here
 */
@Schema(name = "Automation", description = "自动处置规则")
record AutomationReport(
        @Schema(example = "WhenRiskRisesThenIssueWarning") String name,

        @Schema(description = "Whether the instance that answers runs it", example = "true")
        boolean here,

        @Schema(
                description = "Up to which all events are handled; of what runs elsewhere, as it was stored last",
                example = "4711")
        long position,

        @Schema(description = "How many events are stored after that", example = "0")
        long lag,

        @Nullable
        @Schema(description = "Where and why it goes no further, as this instance found; null while it goes on")
        Standstill standstill,

        @Schema(
                description =
                        "What is left alone, since the rule or a decision fails on it, or since more came than can wait")
        List<Parked> parked,

        @JsonIgnore Duration behindFor) {

    /** Nothing is wrong with a works that has much to be done; when it does not become less, something is. */
    static final Duration BEHIND_TOLD_AFTER = Duration.ofSeconds(60);

    boolean standsStill() {
        return standstill != null && standstill.isLasting();
    }

    /** Whether something is left undone that a person must see to. */
    boolean needsAttention() {
        return standsStill()
                || !parked.stream().allMatch(Parked::behind)
                || behindFor.compareTo(BEHIND_TOLD_AFTER) >= 0;
    }

    /** How often it has failed where it stands. */
    int attempts() {
        return standstill == null ? 0 : standstill.attempts();
    }
}
