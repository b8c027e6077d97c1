package io.forgewatch.stack.bench;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Planted breaches against alarms raised.
 *
 * @param missing points that were broken and have no alarm
 * @param surplus alarms on points that were not broken, or one more than the one of a point that was
 */
record AlarmBalance(int missing, int surplus) {

    /**
     * @param planted points
     * @param raised points of the alarms, each as often as it has one
     */
    static AlarmBalance of(Collection<String> planted, List<String> raised) {
        Set<String> missing = new HashSet<>(planted);
        int surplus = 0;
        for (String point : raised) {
            if (!missing.remove(point)) {
                surplus++;
            }
        }
        return new AlarmBalance(missing.size(), surplus);
    }

    boolean even() {
        return missing == 0 && surplus == 0;
    }
}
