package io.forgewatch.stack.trial;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Which of a works' frames wait to be sent again and which were acknowledged, by their place from 0, in memory that does not grow:
 * the heap of the trial's stack is measured beside it.
 */
final class WaitingFrames {

    /** No frame waits. */
    static final int NONE = -1;

    private static final int ACKNOWLEDGED = 1;

    private final int[] ring;
    private final AtomicIntegerArray stages;
    private int first;
    private int size;

    /** @param most how many frames there can be */
    WaitingFrames(int most) {
        ring = new int[most];
        stages = new AtomicIntegerArray(most);
    }

    /** Puts one at the end, which must not be in here. */
    synchronized void add(int place) {
        ring[(first + size) % ring.length] = place;
        size++;
    }

    /** Takes the first, or {@link #NONE}. */
    synchronized int poll() {
        if (size == 0) {
            return NONE;
        }
        int place = ring[first];
        first = (first + 1) % ring.length;
        size--;
        return place;
    }

    synchronized int size() {
        return size;
    }

    void acknowledge(int place) {
        stages.set(place, ACKNOWLEDGED);
    }

    IntStream acknowledged() {
        return IntStream.range(0, stages.length()).filter(place -> stages.get(place) == ACKNOWLEDGED);
    }
}
