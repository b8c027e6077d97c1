package io.forgewatch.command.decision;

import java.util.HashMap;
import java.util.Map;

/** A number of places of which each owner has at most a share. Nobody waits here: who finds none is told why. */
public final class Shares {

    private final int all;
    private final int share;

    // Guarded by this.
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    /** What came of asking for places. */
    public enum Taking {
        /** They are taken, and have to be given back. */
        TAKEN,
        /** The owner would have more than a share. */
        SHARE_USED,
        /** There are not as many left. */
        NONE_LEFT
    }

    /**
     * @param all how many there are
     * @param share most of one owner
     */
    public Shares(int all, int share) {
        this.all = all;
        this.share = share;
        this.free = all;
    }

    public synchronized Taking take(String owner, int places) {
        int own = taken.getOrDefault(owner, 0);
        if (own + places > share) {
            return Taking.SHARE_USED;
        }
        if (places > free) {
            return Taking.NONE_LEFT;
        }
        free -= places;
        taken.put(owner, own + places);
        return Taking.TAKEN;
    }

    /** As many as were taken at once, or fewer. */
    public synchronized void giveBack(String owner, int places) {
        free += places;
        taken.computeIfPresent(owner, (known, own) -> own == places ? null : own - places);
    }

    public synchronized int underWay() {
        return all - free;
    }
}
