package io.forgewatch.command.risk;

import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.risk.RiskEvent.AlarmContribution;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.Held;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes 风险预警指数 R = min(100, k·(D + M + Q)) by a version of the model, in decimals. */
public final class RiskIndex {

    /** In a flood of alarms all count, but an assessment tells only the worst, so that events keep a bounded size. */
    private static final int MOST_TOLD = 100;

    private static final int MOST_RULES = 50;

    private final RiskModel model;

    public RiskIndex(RiskModel model) {
        this.model = model;
    }

    /** @param data null where it is not computed yet; it then adds nothing and the contributions say null */
    public Assessment assess(
            RiskProfile profile, Collection<ScoredAlarm> open, Overdue overdue, @Nullable DataState data) {
        Collection<ScoredAlarm> alarms = heaviestOfAGateway(open);
        List<AlarmContribution> contributions = new ArrayList<>();
        Map<String, List<BigDecimal>> byDevice = new LinkedHashMap<>();
        Map<String, BigDecimal> weights = new LinkedHashMap<>();
        for (ScoredAlarm alarm : alarms) {
            BigDecimal score = score(alarm);
            contributions.add(new AlarmContribution(
                    alarm.alarmId(), alarm.deviceId(), rounded(score).doubleValue()));
            byDevice.computeIfAbsent(alarm.deviceId(), _ -> new ArrayList<>()).add(score);
            weights.put(alarm.deviceId(), weight(alarm));
        }
        List<BigDecimal> devices = byDevice.entrySet().stream()
                .map(each -> worstAndShare(each.getValue(), model.equipment().otherAlarms())
                        .multiply(Objects.requireNonNull(weights.get(each.getKey()))))
                .toList();
        BigDecimal equipment = worstAndShare(devices, model.equipment().otherDevices());
        BigDecimal management = management(overdue);
        BigDecimal quality = data == null ? null : data(data);
        BigDecimal factor = Objects.requireNonNull(model.factors().get(profile), profile.name());
        BigDecimal sum = equipment.add(management).add(quality == null ? BigDecimal.ZERO : quality);
        BigDecimal exact = sum.multiply(factor).min(model.most());
        RiskLevel byIndex = model.level(exact);
        List<Held> rules = rules(alarms);
        RiskOverride override =
                rules.isEmpty() || !rules.getFirst().rule().level().above(byIndex)
                        ? null
                        : rules.getFirst().rule();
        return new Assessment(
                rounded(exact),
                override == null ? byIndex : override.level(),
                override,
                rules.stream()
                        .filter(held -> held.rule().level().above(RiskLevel.YELLOW))
                        .limit(MOST_RULES)
                        .toList(),
                new Contributions(
                        rounded(equipment).doubleValue(),
                        rounded(management).doubleValue(),
                        quality == null ? null : rounded(quality).doubleValue(),
                        factor.doubleValue(),
                        contributions.stream()
                                .sorted(Comparator.comparingDouble(AlarmContribution::score)
                                        .reversed())
                                .limit(MOST_TOLD)
                                .toList()));
    }

    private BigDecimal score(ScoredAlarm alarm) {
        RiskModel.AlarmScores scores = model.alarms();
        RiskModel.Base bases = Objects.requireNonNull(
                scores.bases().get(alarm.severity()), alarm.severity().name());
        BigDecimal base = switch (alarm.limit()) {
            case INTERLOCK -> scores.interlock();
            case LL, HH, STATE, AREA -> bases.outer();
            case L, H, RATE, FAULT, OFFLINE -> bases.inner();
        };
        BigDecimal repetition = scores.repetitionStep()
                .multiply(BigDecimal.valueOf(Math.max(0, alarm.occurrences24h() - 1)))
                .add(BigDecimal.ONE)
                .min(scores.repetitionMost());
        BigDecimal score = base.multiply(duration(alarm)).multiply(repetition);
        return alarm.returned() ? score.multiply(scores.returnedShare()) : score;
    }

    private BigDecimal duration(ScoredAlarm alarm) {
        BigDecimal factor = BigDecimal.ONE;
        for (RiskModel.DurationStep step : model.alarms().durations()) {
            if (alarm.inBreach().toMillis() >= step.fromMinutes() * 60_000L) {
                factor = step.factor();
            }
        }
        return factor;
    }

    /** What runs blind behind one gateway is one fault: of all that only the heaviest counts (dossier §3). */
    private Collection<ScoredAlarm> heaviestOfAGateway(Collection<ScoredAlarm> alarms) {
        Map<String, ScoredAlarm> heaviest = alarms.stream()
                .filter(alarm -> alarm.gateway() != null)
                .collect(Collectors.toMap(
                        alarm -> Objects.requireNonNull(alarm.gateway()),
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(
                                        (ScoredAlarm alarm) -> score(alarm).multiply(weight(alarm)))
                                .thenComparing(ScoredAlarm::alarmId))));
        return alarms.stream()
                .filter(alarm -> alarm.gateway() == null || Objects.equals(heaviest.get(alarm.gateway()), alarm))
                .toList();
    }

    private BigDecimal weight(ScoredAlarm alarm) {
        return alarm.equipmentClass() == null
                ? model.equipment().areaWeight()
                : model.equipment()
                        .weights()
                        .getOrDefault(alarm.equipmentClass(), model.equipment().otherWeight());
    }

    private BigDecimal worstAndShare(List<BigDecimal> parts, BigDecimal share) {
        BigDecimal worst = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
        BigDecimal others =
                parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).subtract(worst);
        return worst.add(others.multiply(share)).min(model.equipment().most());
    }

    private BigDecimal management(Overdue overdue) {
        RiskModel.ManagementPoints points = model.management();
        BigDecimal sum = times(points.ropeCheck(), overdue.ropeChecks())
                .add(times(points.ropeReplacement(), overdue.ropeReplacements()))
                .add(times(points.feedback(), overdue.feedback()));
        for (int days : overdue.inspectionsDays()) {
            sum = sum.add(days > points.inspectionLateDays() ? points.inspectionLate() : points.inspection());
        }
        for (Overdue.Calibration each : overdue.calibrations()) {
            sum = sum.add(
                    each.kind() != Overdue.Kind.ORDINARY
                            ? points.calibrationOfCraneOrTrunnion()
                            : each.daysLate() > points.calibrationLateDays()
                                    ? points.calibrationLate()
                                    : points.calibration());
        }
        return sum.min(points.most());
    }

    private BigDecimal data(DataState data) {
        BigDecimal offline = model.data().offline().stream()
                .filter(step -> data.offlineMinutes() > step.moreThan())
                .map(RiskModel.OfflineStep::points)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        BigDecimal quality = model.data().quality().stream()
                .filter(step -> data.qualityPercent7d().compareTo(step.lessThan()) < 0)
                .map(RiskModel.QualityStep::points)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        return offline.add(quality).min(model.data().most());
    }

    private List<Held> rules(Collection<ScoredAlarm> alarms) {
        return alarms.stream()
                .filter(ScoredAlarm::overrides)
                .map(alarm -> new Held(
                        alarm.inBreach().toMillis() >= model.orangeAfterMinutes() * 60_000L
                                ? RiskOverride.A_LIMIT_10_MINUTES
                                : RiskOverride.A_LIMIT,
                        alarm.alarmId()))
                .sorted(Comparator.comparing(Held::rule).reversed().thenComparing(Held::alarmId))
                .toList();
    }

    private static BigDecimal times(BigDecimal points, int count) {
        return points.multiply(BigDecimal.valueOf(count));
    }

    private static BigDecimal rounded(BigDecimal value) {
        return value.setScale(2, RoundingMode.HALF_UP);
    }
}
