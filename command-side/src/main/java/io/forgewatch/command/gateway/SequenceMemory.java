package io.forgewatch.command.gateway;

import io.forgewatch.event.telemetry.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@link SequenceWindow} of every gateway. */
final class SequenceMemory {

    private static final int MOST_UNDER_WAY = 128;

    private final Map<String, SequenceWindow> windows = new ConcurrentHashMap<>();

    SequenceWindow of(String gatewayId) {
        return windows.computeIfAbsent(gatewayId, id -> new SequenceWindow(MOST_UNDER_WAY));
    }

    /** For the start: what the log says was used. */
    void restore(Frame frame) {
        of(frame.gatewayId()).restore(frame);
    }
}
