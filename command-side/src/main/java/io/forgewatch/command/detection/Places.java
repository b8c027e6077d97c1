package io.forgewatch.command.detection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of a device's points by their indicators. Devices with the same points share one: with a table each, every reading of
 * thousands of devices would be looked up in memory that no processor has at hand.
 */
final class Places {

    /** Of what is no point of the device. */
    static final int NONE = -1;

    private final Map<String, Integer> byName;

    private Places(Map<String, Integer> byName) {
        this.byName = byName;
    }

    /** Of points with these names, in this order. */
    static Places of(List<String> names) {
        Map<String, Integer> byName = new HashMap<>();
        for (int place = 0; place < names.size(); place++) {
            byName.put(names.get(place), place);
        }
        return new Places(byName);
    }

    /** The place of a point, or {@link #NONE}. */
    int of(String indicator) {
        return byName.getOrDefault(indicator, NONE);
    }
}
