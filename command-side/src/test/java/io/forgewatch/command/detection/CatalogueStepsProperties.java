package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EffectiveLimits;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.telemetry.Quality;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Over every analogue row of the catalogue and every limit of it: a step from the middle of normal to any value beyond, however
 * far, raises that limit within its delay, and a step back to any value that is a deadband inside returns it (dossier §2).
 */
class CatalogueStepsProperties {

    /** One limit of one row, how far beyond it the value goes and scatters, and where it comes back to. */
    record Step(Indicator indicator, boolean low, boolean outer, double far, double scatter, double back, long seed) {
        @Override
        public String toString() {
            return indicator.code() + (low ? " low" : " high") + (outer ? " outer" : " inner") + " far " + far
                    + " scatter " + scatter + " back " + back + " seed " + seed;
        }
    }

    @Property(tries = 4_000)
    void givenAStepBeyondALimit_whenItStays_thenThatLimitIsRaisedWithinItsDelay_andAStepBackReturnsIt(
            @ForAll("steps") Step step) {
        String code = step.indicator().code();
        Watched watched = Watched.of(step.indicator().equipmentClass(), Watched.point(step.indicator(), 100));
        PointRule rule = watched.rule(code);
        Bounds bounds = Bounds.of(EffectiveLimits.of(rule.point()));
        double span = rule.point().spanHigh() - rule.point().spanLow();
        double limit = limit(bounds, step);
        long every = rule.point().sampleSeconds() * 1_000L;
        Random random = new Random(step.seed());

        watched.read(0, code, normal(bounds, span)).tick(100);
        long begin = every;
        long delay = rule.gravest()
                ? rule.point().delayOnMillis()
                : Math.max(rule.point().delayOnMillis(), 2 * every);
        long t = begin;
        for (; t <= begin + delay + every; t += every) {
            double beyond = step.far() * span * (1 + step.scatter() * random.nextDouble());
            double value = step.low() ? limit - beyond : limit + beyond;
            watched.read(t, code, value, quality(rule, value));
            for (long tick = t; tick < t + every; tick += Math.max(500, every / 20)) {
                watched.tick(tick);
            }
        }
        assertThat(watched.said).as("%s", step).isNotEmpty();
        Verdict raised = watched.said.stream()
                .filter(verdict -> verdict.depth() >= (step.outer() ? Side.OUTER : Side.INNER))
                .findFirst()
                .orElseThrow(() -> new AssertionError(step + ": only " + watched.told()));
        assertThat(raised.kind()).isEqualTo(Verdict.Kind.BREACH);
        assertThat(raised.direction()).isEqualTo(step.low() ? Direction.LOW : Direction.HIGH);
        assertThat(raised.at() - Watched.T0 - begin)
                .as("%s", step)
                .isLessThanOrEqualTo(delay + Math.max(500, every / 20));

        double inside = inside(bounds, span, step);
        for (int i = 0; i < 8 + 30_000 / every; i++, t += every) {
            watched.read(t, code, inside);
            for (long tick = t; tick < t + every; tick += Math.max(500, every / 20)) {
                watched.tick(tick);
            }
        }
        assertThat(watched.told()).as("%s", step).anyMatch(told -> told.startsWith("RETURN"));
    }

    /** As the door has it: what cannot be is marked, and drives all the same. */
    private static int quality(PointRule rule, double value) {
        boolean below =
                rule.point().range() == null && value < -0.05 * rule.point().spanHigh();
        return below ? Quality.OUT_OF_RANGE : Quality.GOOD;
    }

    private static double limit(Bounds bounds, Step step) {
        if (step.low()) {
            return step.outer() ? bounds.ll() : bounds.l();
        }
        return step.outer() ? bounds.hh() : bounds.h();
    }

    private static double normal(Bounds bounds, double span) {
        return inside(bounds, span, 0.5);
    }

    /** Any value that is a deadband or more inside of the limits, however far on a side that has none. */
    private static double inside(Bounds bounds, double span, Step step) {
        return inside(bounds, span, step.back());
    }

    private static double inside(Bounds bounds, double span, double where) {
        double low = Double.isFinite(bounds.l()) ? bounds.lowBack() : Math.min(0, bounds.highBack()) - 0.04 * span;
        double high = Double.isFinite(bounds.h()) ? bounds.highBack() : bounds.lowBack() + 10 * span;
        return low + where * (high - low);
    }

    @Provide
    Arbitrary<Step> steps() {
        List<Indicator> rows = Catalogue.standard().indicators().stream()
                .filter(indicator -> indicator.kind() == PointKind.AI)
                .filter(indicator -> !hasNone(indicator))
                .toList();
        return Combinators.combine(
                        Arbitraries.of(rows.stream()
                                .flatMap(CatalogueStepsProperties::limits)
                                .toList()),
                        Arbitraries.of(0.0, 1e-6, 0.01, 0.3, 1.0, 7.0, 1_000.0),
                        Arbitraries.of(0.0, 0.5, 20.0),
                        Arbitraries.of(0.0, 0.01, 0.5, 1.0),
                        Arbitraries.longs().between(0, 1_000))
                .as((base, far, scatter, back, seed) ->
                        new Step(base.indicator(), base.low(), base.outer(), far, scatter, back, seed));
    }

    private static boolean hasNone(Indicator indicator) {
        return limits(indicator).count() == 0;
    }

    private static Stream<Step> limits(Indicator indicator) {
        PointRule rule = new PointRule(Watched.point(indicator, 100), indicator);
        var limits = rule.point().limits();
        return Stream.of(
                        limits.ll() == null ? null : step(indicator, true, true),
                        limits.l() == null ? null : step(indicator, true, false),
                        limits.h() == null ? null : step(indicator, false, false),
                        limits.hh() == null ? null : step(indicator, false, true))
                .filter(step -> step != null);
    }

    private static Step step(Indicator indicator, boolean low, boolean outer) {
        return new Step(indicator, low, outer, 0, 0, 0, 0);
    }
}
