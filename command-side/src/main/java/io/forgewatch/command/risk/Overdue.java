package io.forgewatch.command.risk;

import java.util.List;

/** What is overdue at an enterprise: the management part M of the index. */
public record Overdue(
        List<Integer> inspectionsDays,
        List<Calibration> calibrations,
        int ropeChecks,
        int ropeReplacements,
        int feedback) {

    /** Nothing is overdue. */
    public static final Overdue NOTHING = new Overdue(List.of(), List.of(), 0, 0, 0);

    public Overdue {
        inspectionsDays = List.copyOf(inspectionsDays);
        calibrations = List.copyOf(calibrations);
    }

    public enum Kind {
        ORDINARY,
        /** 吊运熔融金属起重机. */
        CRANE,
        /** 罐体耳轴. */
        TRUNNION
    }

    public record Calibration(Kind kind, int daysLate) {}
}
