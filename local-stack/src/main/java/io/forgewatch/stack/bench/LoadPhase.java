package io.forgewatch.stack.bench;

import tools.jackson.databind.JsonNode;

/**
 * What the loader says of one phase.
 *
 * @param name as it was asked for, {@code seconds:rate}, or {@code rest} for what was still under way
 * @param seconds how long it was
 * @param sent readings
 * @param accepted readings, by the answers
 * @param failed readings of frames that were not accepted
 * @param ackP50 milliseconds from when a frame was due until it was acknowledged
 * @param ackP99 milliseconds
 */
record LoadPhase(String name, double seconds, long sent, long accepted, long failed, double ackP50, double ackP99) {

    static LoadPhase of(JsonNode line) {
        JsonNode ack = line.required("ackMillis");
        return new LoadPhase(
                line.required("phase").asString(),
                line.required("seconds").asDouble(),
                line.required("sent").asLong(),
                line.required("accepted").asLong(),
                line.required("failed").asLong(),
                ack.required("p50").asDouble(),
                ack.required("p99").asDouble());
    }

    /** Readings accepted a second. */
    double rate() {
        return seconds == 0 ? 0 : accepted / seconds;
    }

    String told() {
        return "%,.0f readings/s accepted for %.0f s, %d not; acknowledged in p50 %.0f ms, p99 %.0f ms"
                .formatted(rate(), seconds, failed, ackP50, ackP99);
    }
}
