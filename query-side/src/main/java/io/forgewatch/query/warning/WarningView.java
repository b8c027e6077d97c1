package io.forgewatch.query.warning;

import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.DeadlineKind;
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

        @Schema(
                types = {"integer", "null"},
                description = "Number of the newest demand, from 1; an answer may name it. Null in what was told before"
                        + " demands had numbers",
                example = "1")
        @Nullable
        Integer demand,

        @Schema(description = "Until when the newest demand is to be signed, first answered, dealt with and verified")
        Deadlines deadlines,

        @Schema(
                types = {"string", "null"},
                format = "date-time",
                description = "When what was told makes a demand; null where none is coming")
        @Nullable
        Instant demandsAt,

        @Schema(
                types = {"array", "null"},
                description = "The newest 50 of the enterprise's answers, oldest first; null where it is not known")
        @Nullable
        List<Answer> answers,

        @Schema(
                types = {"integer", "null"},
                description = "How many answers there are; null where it is not known",
                example = "1")
        @Nullable
        Integer answerCount,

        @Schema(
                types = {"string", "null"},
                description = "The highest authority that heard of a missed deadline: COUNTY, CITY, PROVINCE, MINISTRY",
                example = "CITY")
        @Nullable
        String escalatedTo,

        @Schema(
                types = {"array", "null"},
                description =
                        "The newest 20 missed deadlines of which an authority was told, oldest first; null where it is"
                                + " not known")
        @Nullable
        List<Escalation> escalations,

        @Schema(
                types = {"array", "null"},
                description = "What closing waits for; empty when it is closed, null where it is not known")
        @Nullable
        List<Missing> missing,

        @Schema(
                types = {"integer", "null"},
                description =
                        "How many segments there are; all are in /warnings/{id}/segments. Null where it is not known",
                example = "1")
        @Nullable
        Integer segmentCount,

        @Schema(description = "Oldest first: the newest in lists and streams, the newest 200 in one warning")
        List<Segment> segments) {

    /** Documents of before have neither counts nor answers: what they do not know is null, which is not the same as none. */
    public WarningView {
        answers = answers == null ? null : List.copyOf(answers);
        escalations = escalations == null ? null : List.copyOf(escalations);
        missing = missing == null ? null : List.copyOf(missing);
        segments = List.copyOf(segments);
    }

    /**
     * 升级上报: a deadline was missed and an authority was told.
     *
     * @param demand number of the demand that asked for it; null where it had none
     */
    @Schema(name = "WarningEscalation")
    public record Escalation(
            @Schema(
                    types = {"integer", "null"},
                    example = "1")
            @Nullable
            Integer demand,

            DeadlineKind missed,
            @Schema(example = "CITY") String to,
            Instant at) {}

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
                demandsAt,
                answers,
                answerCount,
                escalatedTo,
                escalations,
                missing,
                segmentCount,
                shown);
    }
}
