package io.forgewatch.standing;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Whose work is {@link StandingStream}s: they stand from the start of its side to the stop, none waiting for another. */
public interface Stands extends SmartLifecycle {

    /** At least one. */
    List<StandingStream> standing();

    @Override
    default void start() {
        standing().forEach(StandingStream::start);
    }

    @Override
    default void stop() {
        standing().forEach(StandingStream::stop);
    }

    @Override
    default boolean isRunning() {
        return standing().getFirst().isStarted();
    }
}
