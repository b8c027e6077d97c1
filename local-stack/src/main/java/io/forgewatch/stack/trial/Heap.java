package io.forgewatch.stack.trial;

import java.lang.management.ManagementFactory;

/** The heap of this process, in which a trial's stack runs. */
final class Heap {

    private Heap() {}

    /** Bytes that are reachable: garbage is collected first. */
    static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
