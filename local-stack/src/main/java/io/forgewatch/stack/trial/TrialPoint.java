package io.forgewatch.stack.trial;

import io.forgewatch.event.equipment.Severity;
import java.util.List;

/**
 * A kind of point that trials break: beyond its inner limit and within the outer one, so that its alarm needs no person to end,
 * and no further from the good value than a reading may jump.
 *
 * @param equipmentClass two digits of the catalogue
 * @param good well within the limits
 * @param bad beyond L or H
 */
record TrialPoint(String equipmentClass, String indicator, Severity severity, double good, double bad) {

    static final TrialPoint STAVE = new TrialPoint("01", "BF_STAVE_DT", Severity.B, 0.5, 0.7);

    /** Cooling water that is gone: far beyond LL, which warns of its works by itself. */
    static final TrialPoint PRESSURE = new TrialPoint("01", "BF_CW_P", Severity.A, 0.42, 0.1);

    /** In turn. */
    static final List<TrialPoint> KINDS = List.of(
            STAVE,
            new TrialPoint("01", "BF_TOP_T", Severity.B, 230, 265),
            new TrialPoint("01", "BF_H2", Severity.B, 4, 6),
            new TrialPoint("03", "EAF_HYD_T", Severity.C, 50, 59),
            new TrialPoint("01", "BF_CW_P", Severity.A, 0.36, 0.27));

    /** Never quite still, as no real value is. */
    double value(boolean broken, long beat) {
        return (broken ? bad : good) * (1 + 0.002 * Math.sin(beat * 0.9));
    }
}
