package io.forgewatch.query.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The latest readings of one enterprise as they are kept through a restart.
 *
 * @param partition that its frames come from
 * @param rank {@link Rank} of the last of them that is in it
 */
record Snapshot(
        String enterpriseId, int partition, long rank, List<Row> rows, Map<String, LiveEnterprise.Gateway> gateways) {

    Snapshot {
        rows = List.copyOf(rows);
        gateways = Map.copyOf(gateways);
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
