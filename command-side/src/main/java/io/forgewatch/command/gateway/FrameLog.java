package io.forgewatch.command.gateway;

import reactor.core.publisher.Mono;

/** Where accepted frames go: the one place of the door that knows how Kafka is written to. */
interface FrameLog {

    /**
     * Writes a frame.
     *
     * @return completes when it is on disk; fails with {@link NotWrittenException} when it is certain that it was not written,
     *     with any other error when nobody knows
     */
    Mono<Void> write(String enterpriseId, byte[] frame, long arrivedAt);

    /**
     * Writes a sign of life to a partition ({@link io.forgewatch.event.telemetry.Pulse}).
     *
     * @return as {@link #write}
     */
    Mono<Void> pulse(int partition, long at);

    /** The queue is full, or the log is closed. */
    final class NotWrittenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotWrittenException(String message) {
            super(message, null, false, false);
        }
    }
}
