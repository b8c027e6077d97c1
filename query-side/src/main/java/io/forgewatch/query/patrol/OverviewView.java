package io.forgewatch.query.patrol;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.telemetry.Census;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** 一屏: how a jurisdiction stands now. */
@Schema(name = "Overview", description = "一屏: how a jurisdiction stands now")
public record OverviewView(
        @Schema(description = "nation, region:<GB/T 2260 prefix> or enterprise:<id>", example = "region:37")
        String scope,

        @Schema(description = "The event up to which the counters are kept", example = "4711")
        long position,

        Enterprises enterprises,
        Connected devices,
        Connected points,
        Alarms alarms,
        Warnings warnings) {

    /**
     * @param online by dossier §8
     * @param unknown of which that is not known, since readings did not come to us for long enough
     */
    @Schema(name = "EnterpriseCounts")
    public record Enterprises(
            int total,
            int online,

            @Schema(
                    description =
                            "Of which it is not known whether they are online: readings could not be taken, or not for long enough"
                                    + " yet. They are not offline 状态未知")
            int unknown,

            LevelCounts byLevel) {}

    /** How many there are at each level. */
    @Schema(name = "LevelCounts")
    public record LevelCounts(
            @JsonProperty("RED") int red,
            @JsonProperty("ORANGE") int orange,
            @JsonProperty("YELLOW") int yellow,
            @JsonProperty("BLUE") int blue) {

        private static LevelCounts of(Map<String, Integer> counts) {
            return new LevelCounts(
                    at(counts, RiskLevel.RED),
                    at(counts, RiskLevel.ORANGE),
                    at(counts, RiskLevel.YELLOW),
                    at(counts, RiskLevel.BLUE));
        }

        private static int at(Map<String, Integer> counts, RiskLevel level) {
            return counts.getOrDefault(level.name(), 0);
        }
    }

    /**
     * @param connected with a sample within max(5 × cycle, 60 s)
     * @param unknown of which that is not known, since readings did not come to us for long enough
     */
    @Schema(name = "ConnectedCounts")
    public record Connected(
            int total,
            int connected,

            @Schema(
                    description =
                            "Of which it is not known whether they are connected: readings could not be taken, or not for long"
                                    + " enough yet 状态未知")
            int unknown) {

        private static Connected of(int total, Census.Count count) {
            return new Connected(total, count.live(), count.unknown());
        }
    }

    /** @param today raised since midnight in Asia/Shanghai */
    @Schema(name = "AlarmCounts")
    public record Alarms(int today, int open) {}

    /** @param overdue open ones of which something is asked that is not done and whose deadline has passed */
    @Schema(name = "WarningCounts")
    public record Warnings(int open, int overdue, LevelCounts byLevel) {}

    static OverviewView of(String scope, long position, Tally tally, Census census, Instant now) {
        LocalDate today = now.atZone(EnterpriseTally.ZONE).toLocalDate();
        return new OverviewView(
                scope,
                position,
                new Enterprises(
                        tally.enterprises(),
                        census.enterprises().live(),
                        census.enterprises().unknown(),
                        LevelCounts.of(tally.byLevel())),
                Connected.of(tally.devices(), census.devices()),
                Connected.of(tally.points(), census.points()),
                new Alarms(tally.alarmsByDay().getOrDefault(today.toString(), 0), tally.openAlarms()),
                new Warnings(
                        tally.openWarnings(), tally.overdueWarnings(now), LevelCounts.of(tally.warningsByLevel())));
    }
}
