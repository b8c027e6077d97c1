package io.forgewatch.command.eventstore;

/**
 * How many connections each class of work has at most.
 *
 * @param present for reading, of whatever goes on by itself
 * @param people for reading, of people's commands
 * @param lookingBack for reading, of those who look back
 * @param writers for writing, of all
 */
record PoolSizes(int present, int people, int lookingBack, int writers) {

    /** For looking up where accounts are known: so many look-ups go on at once, and each takes a millisecond. */
    private static final int SIGN_IN = 2;

    PoolSizes {
        if (Math.min(Math.min(present, people), Math.min(lookingBack, writers)) < 1) {
            throw new IllegalArgumentException("Each class of work needs a connection");
        }
    }

    /** Half as many for people, and for those who look back, as for what goes on by itself. */
    static PoolSizes of(int readers, int writers) {
        int half = Math.max(1, readers / 2);
        return new PoolSizes(readers, half, half, writers);
    }

    int of(Work work) {
        return switch (work) {
            case PRESENT -> present;
            case PEOPLE -> people;
            case SIGN_IN -> SIGN_IN;
            case LOOKING_BACK -> lookingBack;
        };
    }
}
