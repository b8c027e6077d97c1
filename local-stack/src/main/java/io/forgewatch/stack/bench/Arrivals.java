package io.forgewatch.stack.bench;

import io.forgewatch.stack.stream.StreamEvent;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How often a stream told of something, and when it first told of an alarm on a point. */
final class Arrivals {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private final AtomicInteger pushes = new AtomicInteger();

    /** {@code device.indicator} to when a warning first named an alarm of it, in epoch microseconds. */
    Map<String, Long> first() {
        return first;
    }

    /** How often something was pushed; a heartbeat is nothing. */
    int pushes() {
        return pushes.get();
    }

    void take(StreamEvent event, Instant now) {
        if (event.isHeartbeat()) {
            return;
        }
        pushes.incrementAndGet();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        JsonNode warning = MAPPER.readTree(event.data());
        for (JsonNode segment : warning.path("segments")) {
            for (JsonNode alarm : segment.path("alarms")) {
                first.putIfAbsent(StoredAlarms.point(alarm.asString()), micros);
            }
        }
    }
}
