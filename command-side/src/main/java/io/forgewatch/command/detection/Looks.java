package io.forgewatch.command.detection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** When which device is to be looked at next for faults: silence is found without going through all points again and again. */
final class Looks {

    private static final long SLOT_MILLIS = 1_000;

    private final TreeMap<Long, Set<String>> slots = new TreeMap<>();
    private final Map<String, Long> slotOf = new HashMap<>();

    /** Looks at a device at that time at the latest. */
    void at(String device, long time) {
        long slot = time / SLOT_MILLIS;
        Long known = slotOf.get(device);
        if (known != null && known <= slot) {
            return;
        }
        if (known != null) {
            forget(device, known);
        }
        slotOf.put(device, slot);
        slots.computeIfAbsent(slot, _ -> new HashSet<>()).add(device);
    }

    private void forget(String device, long slot) {
        Set<String> others = slots.get(slot);
        if (others != null && others.remove(device) && others.isEmpty()) {
            slots.remove(slot);
        }
    }

    /** Whose time has come; they have none from now on. */
    List<String> due(long now) {
        List<String> due = new ArrayList<>();
        Map<Long, Set<String>> passed = slots.headMap(now / SLOT_MILLIS, true);
        passed.values().forEach(due::addAll);
        passed.clear();
        due.forEach(slotOf::remove);
        return due;
    }
}
