package io.forgewatch.command.gateway;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where accepted frames go: the one place of the door that knows how Kafka is written to. */
interface FrameLog {

    /** Where in the log something is. */
    record Place(int partition, long offset) {}

    /**
     * Writes a frame.
     *
     * @return where it is, once it is on disk; fails with {@link NotWrittenException} when it is certain that it was not and will
     *     not be written, with {@link UndecidedException} when nobody knows
     */
    Mono<Place> write(String enterpriseId, byte[] frame, long arrivedAt);

    /**
     * Writes a sign of life to a partition ({@link io.forgewatch.event.telemetry.Pulse}).
     *
     * @return as {@link #write}
     */
    Mono<Place> pulse(int partition, long at);

    /** The queue is full, the log is closed, or nobody waited any more before it was sent. */
    final class NotWrittenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotWrittenException(String message) {
            super(message, null, false, false);
        }
    }

    /** It was sent and not confirmed. It can be in the log, also later. */
    final class UndecidedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Supplier<@Nullable Place> later;

        /** @param later where something is that was written after it, or null while nothing is */
        UndecidedException(String message, @Nullable Throwable cause, Supplier<@Nullable Place> later) {
            super(message, cause, false, false);
            this.later = later;
        }

        /**
         * Where something is that the same sender wrote to the same partition after it had failed, or null while nothing is. Whoever
         * has read the log up to there knows whether it is in it.
         */
        @Nullable
        Place later() {
            return later.get();
        }
    }
}
