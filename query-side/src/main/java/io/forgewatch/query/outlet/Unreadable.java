package io.forgewatch.query.outlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one generation has stored for people to hear and cannot be told, because nobody can read it or put it into words. It is passed
 * over, so that it keeps nothing else from them, and a person must look at it.
 */
final class Unreadable {

    private static final Logger LOG = LoggerFactory.getLogger(Unreadable.class);
    private static final int MOST = 1_000;

    private final String stream;
    private final Set<Long> positions = ConcurrentHashMap.newKeySet();

    /** @param stream for the log: of which stream, and by which generation */
    Unreadable(String stream) {
        this.stream = stream;
    }

    /** Said once for each. */
    void note(long position, RuntimeException why) {
        if (positions.size() < MOST && positions.add(position)) {
            LOG.error(
                    "What {} tells of position {} cannot be read and is told nobody: rebuild the view",
                    stream,
                    position,
                    why);
        }
    }

    /** How many were come upon since the start, at most 1,000. */
    int count() {
        return positions.size();
    }
}
