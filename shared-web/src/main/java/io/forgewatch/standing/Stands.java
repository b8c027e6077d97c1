package io.forgewatch.standing;

import org.springframework.context.SmartLifecycle;

/** Whose work is one {@link StandingStream}: it stands from the start of its side to the stop. */
public interface Stands extends SmartLifecycle {

    StandingStream standing();

    @Override
    default void start() {
        standing().start();
    }

    @Override
    default void stop() {
        standing().stop();
    }

    @Override
    default boolean isRunning() {
        return standing().isStarted();
    }
}
