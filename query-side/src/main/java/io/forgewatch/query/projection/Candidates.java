package io.forgewatch.query.projection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that events were about, a few chosen at random: so a document that is missing altogether is found out too. */
final class Candidates {

    private static final int ONE_IN = 50;

    private final int most;
    private final Set<String> ids = new LinkedHashSet<>();

    Candidates(int most) {
        this.most = most;
    }

    /** Whether an event is one of the few. */
    static boolean chosen() {
        return ThreadLocalRandom.current().nextInt(ONE_IN) == 0;
    }

    /** Late ones push out early ones now and then, so that the whole topic has a chance. */
    void offer(List<String> more) {
        for (String id : more) {
            if (ids.size() >= most) {
                List<String> now = new ArrayList<>(ids);
                ids.remove(now.get(ThreadLocalRandom.current().nextInt(now.size())));
            }
            ids.add(id);
        }
    }

    /** Those that were chosen; none is kept. */
    Set<String> taken() {
        Set<String> taken = Set.copyOf(ids);
        ids.clear();
        return taken;
    }
}
