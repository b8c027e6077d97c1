package io.forgewatch.command.risk;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A version of the risk model 风险模型 (dossier §4), as data: {@code risk-model-<version>.json} beside this class. All of it is
 * proposed (basis P); the official text can replace it as a further version without a release.
 *
 * @param most what the index never exceeds
 * @param levels from which index on a level holds
 * @param fallingMargin how far below a level's threshold the index must be before the level is left
 * @param fallingMinutes for how long
 * @param orangeAfterMinutes minutes in breach after which an A alarm at an outer limit is orange whatever the index
 */
public record RiskModel(
        String version,
        String basis,
        AlarmScores alarms,
        EquipmentSums equipment,
        ManagementPoints management,
        DataPoints data,
        Map<RiskProfile, BigDecimal> factors,
        BigDecimal most,
        Map<RiskLevel, BigDecimal> levels,
        BigDecimal fallingMargin,
        int fallingMinutes,
        int orangeAfterMinutes) {

    public RiskModel {
        factors = Map.copyOf(factors);
        levels = Map.copyOf(levels);
    }

    /** s of an alarm = base × duration × repetition. */
    record AlarmScores(
            Map<Severity, Base> bases,
            BigDecimal interlock,
            List<DurationStep> durations,
            BigDecimal repetitionStep,
            BigDecimal repetitionMost,
            BigDecimal returnedShare) {}

    /** @param outer at HH, LL or an alarm state */
    record Base(BigDecimal outer, BigDecimal inner) {}

    record DurationStep(int fromMinutes, BigDecimal factor) {}

    /**
     * E of a device and D of all: the worst in full, a share of the others.
     *
     * @param otherWeight of devices of other classes
     * @param areaWeight of what is no device: an area, a works
     */
    record EquipmentSums(
            BigDecimal otherAlarms,
            BigDecimal otherDevices,
            BigDecimal most,
            Map<String, BigDecimal> weights,
            BigDecimal otherWeight,
            BigDecimal areaWeight) {}

    /** What each thing overdue adds to M. */
    record ManagementPoints(
            BigDecimal inspection,
            BigDecimal inspectionLate,
            int inspectionLateDays,
            BigDecimal calibration,
            BigDecimal calibrationLate,
            int calibrationLateDays,
            BigDecimal calibrationOfCraneOrTrunnion,
            BigDecimal ropeCheck,
            BigDecimal ropeReplacement,
            BigDecimal feedback,
            BigDecimal most) {}

    /** What being offline and bad data add to Q; of each list the worst row that holds counts. */
    record DataPoints(List<OfflineStep> offline, List<QualityStep> quality, BigDecimal most) {}

    record OfflineStep(int moreThan, BigDecimal points) {}

    record QualityStep(BigDecimal lessThan, BigDecimal points) {}

    /** The model in force. */
    public static RiskModel standard() {
        return version("1");
    }

    static RiskModel version(String version) {
        String name = "risk-model-" + version + ".json";
        try (InputStream json = Objects.requireNonNull(RiskModel.class.getResourceAsStream(name), name)) {
            return EventJson.MAPPER.readValue(json, RiskModel.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The level that an index alone means. */
    RiskLevel level(BigDecimal index) {
        RiskLevel highest = RiskLevel.BLUE;
        for (Map.Entry<RiskLevel, BigDecimal> each : new TreeMap<>(levels).entrySet()) {
            if (index.compareTo(each.getValue()) >= 0) {
                highest = each.getKey();
            }
        }
        return highest;
    }

    /** Whether an index is low enough for a level to be left, once it has been so for {@link #falling()}. */
    boolean isClearlyBelow(RiskLevel level, BigDecimal index) {
        BigDecimal threshold = levels.get(level);
        return threshold != null && index.compareTo(threshold.subtract(fallingMargin)) < 0;
    }

    Duration falling() {
        return Duration.ofMinutes(fallingMinutes);
    }

    /** The times in breach at which a score can change. */
    List<Duration> steps() {
        return java.util.stream.Stream.concat(
                        alarms.durations().stream().map(DurationStep::fromMinutes),
                        java.util.stream.Stream.of(orangeAfterMinutes))
                .filter(minutes -> minutes > 0)
                .distinct()
                .sorted()
                .map(Duration::ofMinutes)
                .toList();
    }
}
