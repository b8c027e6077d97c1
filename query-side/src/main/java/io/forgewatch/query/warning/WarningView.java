package io.forgewatch.query.warning;

import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.WarningStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A warning 预警 as people read it. An enterprise has at most one that is open. */
@Schema(name = "Warning", description = "预警: an enterprise's risk is at a level at which people must act")
public record WarningView(
        @Schema(example = "GT3702110001-W7") String id,
        @Schema(example = "GT3702110001") String enterpriseId,
        RiskLevel level,
        WarningStatus status,

        @Schema(description = "风险预警指数 0 to 100, higher is worse", example = "58.8")
        double riskIndex,

        BilingualText message,
        Instant issuedAt,
        @Schema(types = {"string", "null"}) @Nullable Instant closedAt,

        @Schema(description = "Number of the newest demand, from 1; an answer may name it", example = "1")
        int demand,

        @Schema(description = "Until when the newest demand is to be signed, first answered, dealt with and verified")
        Deadlines deadlines,

        @Schema(description = "The enterprise's answers, oldest first")
        List<Answer> answers,

        @Schema(description = "What closing waits for; empty when it is closed")
        List<Missing> missing,

        @Schema(description = "How many segments there are; all are in /warnings/{id}/segments", example = "1")
        int segmentCount,

        @Schema(description = "Oldest first: the newest in lists and streams, the newest 200 in one warning")
        List<Segment> segments) {

    /** Documents of before have neither counts nor answers, and all their segments. */
    public WarningView {
        answers = answers == null ? List.of() : List.copyOf(answers);
        missing = missing == null ? List.of() : List.copyOf(missing);
        segmentCount = Math.max(segmentCount, segments.size());
        segments = List.copyOf(segments);
    }

    /**
     * An answer 反馈; what it says is in the warning's story.
     *
     * @param number counts the warning's answers, from 1
     * @param demand number of the demand that it answers; one that is not the newest meets nothing
     */
    @Schema(name = "Answer")
    public record Answer(
            @Schema(example = "1") int number,
            @Schema(example = "1") int demand,
            FeedbackVerdict verdict,
            Instant at) {}

    /** With the newest of its segments, at most so many. */
    WarningView newest(int most) {
        return segments.size() <= most ? this : with(segments.subList(segments.size() - most, segments.size()));
    }

    WarningView with(List<Segment> shown) {
        return new WarningView(
                id,
                enterpriseId,
                level,
                status,
                riskIndex,
                message,
                issuedAt,
                closedAt,
                demand,
                deadlines,
                answers,
                missing,
                segmentCount,
                shown);
    }
}
