package io.forgewatch.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One instance of a side, as it is to be started.
 *
 * @param side {@link StackPort#COMMAND} or {@link StackPort#QUERY}
 * @param number of the instance among those of its side, 0 being the first; its name in the product
 * @param of how many there are
 */
record SideInstance(StackPort side, int number, int of, int port) {

    /** The first of each side, then the second of each. */
    static List<SideInstance> of(StackOptions options) throws IOException {
        List<SideInstance> instances = new ArrayList<>();
        for (int number = 0; number < options.sides(); number++) {
            for (StackPort side : List.of(StackPort.COMMAND, StackPort.QUERY)) {
                instances.add(
                        new SideInstance(side, number, options.sides(), StackPort.further(options.port(side), number)));
            }
        }
        return instances;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** As people are told, such as {@code the command side} or {@code the command side (instance 1)}. */
    String told() {
        return of == 1 ? side.whose() : side.whose() + " (instance " + number + ")";
    }
}
