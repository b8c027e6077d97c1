package io.forgewatch.stack;

import java.util.Map;

/** Starts one side of the house; closing what it returns stops it. */
@FunctionalInterface
public interface Side {

    /** @param properties as in the side's yaml, such as {@code server.port} */
    AutoCloseable start(Map<String, Object> properties);
}
