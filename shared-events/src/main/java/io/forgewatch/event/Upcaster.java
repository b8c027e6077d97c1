package io.forgewatch.event;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of an event's JSON from a version to the next. What was stored stays as it is; it is stepped up whenever it is read.
 *
 * @param name the stored name
 * @param from the version that it takes; it makes {@code from + 1} of it
 */
public record Upcaster(String name, int from, UnaryOperator<ObjectNode> step) {}
