package io.forgewatch.command.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How much may be under way to a log: in records and in bytes, counted until it is confirmed or given up, whoever waits for it. One
 * partition has a quarter of that at most: before it is known to be away it takes no more room from the others. Into one that confirms
 * nothing only a few are let, which try it: so it fills no memory and has nothing stale to work off when it is back.
 */
final class LogRoom {

    private static final int MOST_TRYING = 16;
    /** Part of the room that one partition may have. */
    private static final int PART = 4;

    private final int mostRecords;
    private final long mostBytes;
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicIntegerArray inPartition;
    private final AtomicLongArray bytesInPartition;

    LogRoom(int partitions, int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
        inPartition = new AtomicIntegerArray(partitions);
        bytesInPartition = new AtomicLongArray(partitions);
    }

    /** @param away whether the partition confirms nothing */
    boolean enter(int partition, int size, boolean away) {
        int inIt = inPartition.incrementAndGet(partition);
        long bytesInIt = bytesInPartition.addAndGet(partition, size);
        int inAll = records.incrementAndGet();
        long inBytes = bytes.addAndGet(size);
        boolean isFull = inAll > mostRecords || inBytes > mostBytes;
        boolean isPartitionFull = inIt > (away ? MOST_TRYING : mostRecords / PART) || bytesInIt > mostBytes / PART;
        if (isFull || isPartitionFull) {
            leave(partition, size);
            return false;
        }
        return true;
    }

    void leave(int partition, int size) {
        inPartition.decrementAndGet(partition);
        bytesInPartition.addAndGet(partition, -size);
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
