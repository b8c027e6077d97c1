package io.forgewatch.command.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may be under way to a log: in records and in bytes, counted until it is confirmed or given up, whoever waits for it. Into
 * a partition that confirms nothing only a few are let, which try it: so it fills no memory, takes no room from the others, and
 * has nothing stale to work off when it is back.
 */
final class LogRoom {

    private static final int MOST_TRYING = 16;

    private final int mostRecords;
    private final long mostBytes;
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicIntegerArray inPartition;

    LogRoom(int partitions, int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        inPartition = new AtomicIntegerArray(partitions);
    }

    /** @param away whether the partition confirms nothing */
    boolean enter(int partition, int size, boolean away) {
        int inIt = inPartition.incrementAndGet(partition);
        int inAll = records.incrementAndGet();
        long inBytes = bytes.addAndGet(size);
        if (inAll > mostRecords || inBytes > mostBytes || (away && inIt > MOST_TRYING)) {
            leave(partition, size);
            return false;
        }
        return true;
    }

    void leave(int partition, int size) {
        inPartition.decrementAndGet(partition);
        records.decrementAndGet();
        bytes.addAndGet(-size);
    }

    int records() {
        return records.get();
    }

    long bytes() {
        return bytes.get();
    }

    int records(int partition) {
        return inPartition.get(partition);
    }
}
