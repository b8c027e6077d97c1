package io.forgewatch.command.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.Shared;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RiskIndexTest {

    private static final RiskIndex INDEX = new RiskIndex(RiskModel.standard());

    @Test
    void givenTheVectorsThenEveryCaseAgrees() {
        JsonNode vectors = Shared.vectors("risk-index.json");
        assertThat(vectors).isNotEmpty();
        int number = 0;
        for (JsonNode each : vectors) {
            Assessment assessment = assess(each.required("given"));
            JsonNode then = each.required("then");
            String name = "case " + number++ + " " + each.required("given");
            assertThat(assessment.index())
                    .as(name)
                    .isEqualByComparingTo(then.required("index").decimalValue());
            assertThat(assessment.level().name())
                    .as(name)
                    .isEqualTo(then.required("level").asString());
            assertThat(
                            assessment.override() == null
                                    ? null
                                    : assessment.override().name())
                    .as(name)
                    .isEqualTo(
                            then.required("override").isNull()
                                    ? null
                                    : then.required("override").asString());
            JsonNode contributions = then.required("contributions");
            assertThat(assessment.contributions().equipment())
                    .as(name)
                    .isEqualTo(contributions.required("equipment").asDouble());
            assertThat(assessment.contributions().management())
                    .as(name)
                    .isEqualTo(contributions.required("management").asDouble());
            assertThat(assessment.contributions().data())
                    .as(name)
                    .isEqualTo(contributions.required("data").asDouble());
        }
    }

    private static Assessment assess(JsonNode given) {
        List<ScoredAlarm> alarms = new ArrayList<>();
        for (JsonNode alarm : given.required("alarms")) {
            alarms.add(new ScoredAlarm(
                    "alarm-" + alarms.size(),
                    alarm.required("equipmentId").asString(),
                    alarm.required("equipmentClass").asString(),
                    Severity.valueOf(alarm.required("severity").asString()),
                    Limit.valueOf(alarm.required("limit").asString()),
                    Duration.ofMinutes(alarm.required("openMinutes").asInt()),
                    alarm.required("occurrences24h").asInt(),
                    false));
        }
        JsonNode management = given.required("management");
        List<Integer> inspections = new ArrayList<>();
        management.required("inspectionsOverdueDays").forEach(days -> inspections.add(days.asInt()));
        List<Overdue.Calibration> calibrations = new ArrayList<>();
        management
                .required("calibrationsOverdue")
                .forEach(each -> calibrations.add(new Overdue.Calibration(
                        Overdue.Kind.valueOf(each.required("kind").asString()),
                        each.required("daysLate").asInt())));
        JsonNode data = given.required("data");
        return INDEX.assess(
                RiskProfile.valueOf(given.required("profile")
                        .asString()
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')),
                alarms,
                new Overdue(
                        inspections,
                        calibrations,
                        management.required("ropeChecksOverdue").asInt(),
                        management.required("ropeReplacementsOverdue").asInt(),
                        management.required("feedbackOverdue").asInt()),
                new DataState(
                        data.required("offlineMinutes").asInt(),
                        data.required("qualityPercent7d").decimalValue()));
    }

    @ParameterizedTest
    @CsvSource({
        "HH, 0, false, 40.00, YELLOW, ",
        "L, 0, false, 25.00, BLUE, ",
        "HH, 10, false, 50.00, ORANGE, ",
        "HH, 30, false, 60.00, ORANGE, ",
        "HH, 60, false, 80.00, RED, ",
        "HH, 60, true, 40.00, YELLOW, ",
        "INTERLOCK, 0, false, 30.00, YELLOW, ",
        "STATE, 0, false, 40.00, YELLOW, ",
    })
    void givenOneAAlarmAtALongWorksThenTheIndexIs(
            Limit limit, int minutes, boolean returned, BigDecimal index, RiskLevel level, RiskOverride override) {
        Assessment assessment = INDEX.assess(
                RiskProfile.STEEL_LONG, List.of(alarm("01", limit, minutes, returned)), Overdue.NOTHING, null);

        assertThat(assessment.index()).isEqualByComparingTo(index);
        assertThat(assessment.level()).isEqualTo(level);
        assertThat(assessment.override()).isEqualTo(override);
        assertThat(assessment.contributions().data()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, 28.80, YELLOW, A_LIMIT",
        "10, false, 36.00, ORANGE, A_LIMIT_10_MINUTES",
        "10, true, 18.00, BLUE, ",
    })
    void givenOneCoHhAtAShortWorksThenTheRuleSetsTheLevelWhileItIsInBreach(
            int minutes, boolean returned, BigDecimal index, RiskLevel level, RiskOverride override) {
        Assessment assessment = INDEX.assess(
                RiskProfile.STEEL_SHORT, List.of(alarm("13", Limit.HH, minutes, returned)), Overdue.NOTHING, null);

        assertThat(assessment.index()).isEqualByComparingTo(index);
        assertThat(assessment.level()).isEqualTo(level);
        assertThat(assessment.override()).isEqualTo(override);
    }

    @Test
    void givenNothingOpenThenItIsBlueAndZero() {
        Assessment assessment = INDEX.assess(RiskProfile.ALUMINIUM_OTHER, List.of(), Overdue.NOTHING, null);

        assertThat(assessment.index()).isEqualByComparingTo("0");
        assertThat(assessment.level()).isEqualTo(RiskLevel.BLUE);
    }

    @Property(tries = 300)
    void givenAnyAlarmsThenTheIndexStaysWithin0And100AndOneMoreNeverLowersIt(
            @ForAll("alarms") List<ScoredAlarm> alarms) {
        BigDecimal all = index(alarms);
        assertThat(all).isBetween(BigDecimal.ZERO, new BigDecimal("100.00"));
        if (!alarms.isEmpty()) {
            assertThat(index(alarms.subList(1, alarms.size()))).isLessThanOrEqualTo(all);
        }
    }

    @Property(tries = 300)
    void givenAnyAlarmsThenTheirOrderDoesNotMatter(@ForAll("alarms") List<ScoredAlarm> alarms) {
        assertThat(index(alarms.reversed())).isEqualByComparingTo(index(alarms));
    }

    @Provide
    Arbitrary<List<ScoredAlarm>> alarms() {
        Arbitrary<ScoredAlarm> alarm = Combinators.combine(
                        Arbitraries.of("E1", "E2", "E3"),
                        Arbitraries.of(Severity.class),
                        Arbitraries.of(Limit.class),
                        Arbitraries.integers().between(0, 240),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.of(true, false))
                .as((device, severity, limit, minutes, often, returned) -> new ScoredAlarm(
                        "a", device, "01", severity, limit, Duration.ofMinutes(minutes), often, returned));
        return alarm.list().ofMaxSize(12);
    }

    private static BigDecimal index(List<ScoredAlarm> alarms) {
        return INDEX.assess(RiskProfile.STEEL_LONG, alarms, Overdue.NOTHING, null)
                .index();
    }

    private static ScoredAlarm alarm(String equipmentClass, Limit limit, int minutes, boolean returned) {
        return new ScoredAlarm("a", "E1", equipmentClass, Severity.A, limit, Duration.ofMinutes(minutes), 1, returned);
    }
}
