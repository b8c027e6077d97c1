package io.forgewatch.stack;

import java.util.List;
import java.util.Map;

/** A country that is loaded into a running stack and played. */
@FunctionalInterface
public interface Demonstration {

    /**
     * Loads what is missing and begins to play.
     *
     * @param where the running stack, as run.json will tell it
     * @param home keeps what has been loaded and played
     */
    Play begin(RunFile where, StackHome home, Progress progress) throws Exception;

    /** What is being played; closing it stops the readings. */
    interface Play extends AutoCloseable {

        /** Who can sign in, by tier. */
        Map<String, RunFile.Account> accounts();

        List<RunFile.Gateway> gateways();
    }
}
