package io.forgewatch.event;

import io.forgewatch.event.identity.IdentityUpcasts;
import io.forgewatch.event.warning.WarningUpcasts;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way from every version that an event was ever stored in to the one that today's code reads. An event that changes gets a
 * higher version at its {@link EventName}, one {@link Upcaster} here, and a golden file of the version that it leaves.
 */
public final class Upcasters {

    static final Upcasters ALL = new Upcasters(
            Stream.of(
                            AlarmUpcasters.ALL,
                            List.of(
                                    new Upcaster("DeviceRegistered", 1, RegisteredPoints::second),
                                    new Upcaster("RiskAssessed", 1, assessed -> {
                                        assessed.putArray("rules");
                                        return assessed;
                                    })),
                            WarningUpcasts.STEPS,
                            IdentityUpcasts.STEPS)
                    .flatMap(List::stream)
                    .toList(),
            EventTypes.all());

    private final Map<String, Map<Integer, Upcaster>> steps = new HashMap<>();

    /** @throws IllegalStateException when a version has no way to today's, or two, or leads to none that there is */
    Upcasters(Collection<Upcaster> upcasters, Iterable<EventType> types) {
        for (Upcaster upcaster : upcasters) {
            Upcaster other = steps.computeIfAbsent(upcaster.name(), name -> new HashMap<>())
                    .put(upcaster.from(), upcaster);
            if (other != null) {
                throw new IllegalStateException(
                        "Two upcasters of " + upcaster.name() + " from version " + upcaster.from());
            }
        }
        Map<String, Integer> expected = new HashMap<>();
        for (EventType type : types) {
            expected.put(type.name(), type.version());
        }
        for (String name : both(steps.keySet(), expected.keySet())) {
            int version = expected.getOrDefault(name, 1);
            Set<Integer> found = steps.getOrDefault(name, Map.of()).keySet();
            Set<Integer> wanted =
                    java.util.stream.IntStream.range(1, version).boxed().collect(Collectors.toUnmodifiableSet());
            if (!found.equals(wanted)) {
                throw new IllegalStateException("Event '" + name + "' is at version " + version
                        + "; there must be upcasters from " + wanted + " and are from " + found);
            }
        }
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The JSON of the newest version; the node given may be changed. */
    ObjectNode upcast(String name, int version, ObjectNode payload) {
        Map<Integer, Upcaster> chain = steps.getOrDefault(name, Map.of());
        ObjectNode current = payload;
        for (Upcaster next = chain.get(version); next != null; next = chain.get(next.from() + 1)) {
            current = next.step().apply(current);
        }
        return current;
    }
}
