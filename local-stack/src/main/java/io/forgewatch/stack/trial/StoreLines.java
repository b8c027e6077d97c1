package io.forgewatch.stack.trial;

import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.StackPort;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A line of its own from each instance to each store, that can be cut. */
final class StoreLines implements AutoCloseable {

    private final Map<String, StoreProxy> lines;
    private final Map<Integer, Integer> entrances;

    private StoreLines(Map<String, StoreProxy> lines, Map<Integer, Integer> entrances) {
        this.lines = Map.copyOf(lines);
        this.entrances = Map.copyOf(entrances);
    }

    static StoreLines to(TrialStack stack) throws IOException {
        Map<String, StoreProxy> lines = new HashMap<>();
        Map<Integer, Integer> entrances = new HashMap<>();
        for (int instance = 0; instance < 2; instance++) {
            for (StackPort side : List.of(StackPort.COMMAND, StackPort.QUERY)) {
                int entrance = FreePort.any();
                StoreProxy kafka = StoreProxy.before(entrance);
                entrances.put(entrance, kafka.port());
                lines.put(line(side, instance, StackPort.KAFKA), kafka);
            }
            lines.put(
                    line(StackPort.COMMAND, instance, StackPort.POSTGRES),
                    StoreProxy.before(stack.port(StackPort.POSTGRES)));
            lines.put(
                    line(StackPort.QUERY, instance, StackPort.MONGODB),
                    StoreProxy.before(stack.port(StackPort.MONGODB)));
        }
        return new StoreLines(lines, entrances);
    }

    private static String line(StackPort side, int instance, StackPort store) {
        return side + " " + instance + " " + store;
    }

    /** For the broker: where it listens for each instance, and which port it tells it. */
    Map<Integer, Integer> entrances() {
        return entrances;
    }

    Map<String, Object> ofCommand(Map<String, Object> usual) {
        return changed(usual, StackPort.COMMAND, StackPort.POSTGRES, "forgewatch.postgres.url");
    }

    Map<String, Object> ofQuery(Map<String, Object> usual) {
        return changed(usual, StackPort.QUERY, StackPort.MONGODB, "forgewatch.mongodb.uri");
    }

    private Map<String, Object> changed(Map<String, Object> usual, StackPort side, StackPort store, String property) {
        int instance = Integer.parseInt(String.valueOf(usual.get("forgewatch.instance")));
        return Map.of(
                "forgewatch.kafka.bootstrap",
                "127.0.0.1:" + of(side, instance, StackPort.KAFKA).port(),
                property,
                String.valueOf(usual.get(property))
                        .replaceFirst(":\\d+/", ":" + of(side, instance, store).port() + "/"));
    }

    private StoreProxy of(StackPort side, int instance, StackPort store) {
        return Objects.requireNonNull(lines.get(line(side, instance, store)), "there is no such line");
    }

    /** Cuts it until this is closed. */
    Cut cut(StackPort side, int instance, StackPort store) throws IOException {
        StoreProxy proxy = of(side, instance, store);
        proxy.refuse();
        return proxy::pass;
    }

    @FunctionalInterface
    interface Cut extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    @Override
    public void close() throws IOException {
        for (StoreProxy proxy : lines.values()) {
            proxy.close();
        }
    }
}
