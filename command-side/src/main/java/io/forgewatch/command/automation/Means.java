package io.forgewatch.command.automation;

import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.Limits;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.EventRows;
import java.time.Clock;
import reactor.core.scheduler.Schedulers;

/**
 * What automations act with.
 *
 * @param rows where events are read again that were left alone
 * @param parked where it is kept which these are
 * @param live the turns of what comes, of all automations here; a works has a few of them, whatever hangs in how many automations
 * @param aside those of what is tried again, so that it holds up nothing new of its enterprise
 */
record Means(
        Commands commands,
        DeciderNames names,
        DueDates dueDates,
        EventRows rows,
        ParkedRows parked,
        Bulkhead live,
        Bulkhead aside,
        Tries tries,
        Clock clock) {

    /** How many events may be under way of one automation: what waits beside them is read again later. */
    static final int AHEAD = 16_384;

    private static final Limits LIVE = new Limits(32, 12_288, 512, 4, 4);
    private static final Limits ASIDE = new Limits(8, 4_096, 256, 4, 2);

    static Bulkhead liveTurns() {
        return new Bulkhead(LIVE, Schedulers.parallel());
    }

    static Bulkhead turnsAside() {
        return new Bulkhead(ASIDE, Schedulers.parallel());
    }
}
