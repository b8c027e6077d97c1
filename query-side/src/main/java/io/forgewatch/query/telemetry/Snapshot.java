package io.forgewatch.query.telemetry;

import java.util.ArrayList;
import java.util.List;

/** The latest readings of one enterprise as they are kept through a restart. */
record Snapshot(String enterpriseId, List<Row> rows) {

    Snapshot {
        rows = List.copyOf(rows);
    }

    /**
     * One point.
     *
     * @param at when it was measured, epoch milliseconds
     * @param sample when the last sample that says it is live came in, epoch milliseconds; 0 for never
     */
    record Row(String device, String indicator, double value, long at, long sample, int quality) {}

    /** Collects rows. */
    static final class Rows {
        private final List<Row> rows = new ArrayList<>();

        void add(String device, String indicator, double value, long at, long sample, int quality) {
            rows.add(new Row(device, indicator, value, at, sample, quality));
        }

        List<Row> all() {
            return rows;
        }
    }
}
