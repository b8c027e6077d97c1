package io.forgewatch.command.automation;

import java.util.TreeSet;

/** Up to which position all is done, when things that began in order are done in any. */
final class Watermark {

    private final TreeSet<Long> underWay = new TreeSet<>();
    private long last;

    Watermark(long last) {
        this.last = last;
    }

    synchronized void begin(long position) {
        last = position;
        underWay.add(position);
    }

    /** @return the position up to which nothing is under way */
    synchronized long done(long position) {
        underWay.remove(position);
        return underWay.isEmpty() ? last : underWay.first() - 1;
    }
}
