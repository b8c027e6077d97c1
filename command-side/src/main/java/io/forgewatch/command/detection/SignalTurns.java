package io.forgewatch.command.detection;

import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.Limits;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The turns of signals: in order within a works, beside all others. What says again what waits already takes its place, and is
 * answered with it: while the store is away a breach waits once, however often it is asserted.
 */
final class SignalTurns {

    private static final Limits LIMITS = new Limits(32, 12_288, 1_024, 4);

    private final SignalTelling telling;
    private final SignalTries tries;
    private final Bulkhead turns;
    // Guarded by this.
    private final Map<String, Waiting> waiting = new HashMap<>();

    private static final class Waiting {
        private final Sinks.Empty<Void> done = Sinks.empty();
        private Signal newest;

        Waiting(Signal first) {
            this.newest = first;
        }
    }

    /** @param starts where they are begun */
    SignalTurns(SignalTelling telling, SignalTries tries, Scheduler starts) {
        this.telling = telling;
        this.tries = tries;
        this.turns = new Bulkhead(LIMITS, starts);
    }

    /**
     * Completes when it, or what said the same later, is done or refused; waits while the store is away. Fails with {@link
     * io.forgewatch.command.bulkhead.PoisonException} when it is to be parked, with {@link
     * io.forgewatch.command.bulkhead.FullException} when too much of its works waits, with {@link GivenUpException} when the store
     * has taken nothing for too long.
     */
    Mono<Void> told(Signal signal) {
        return Mono.defer(() -> {
            String same = signal.subject() + ' ' + signal.entry();
            Waiting mine = new Waiting(signal);
            synchronized (this) {
                Waiting known = waiting.putIfAbsent(same, mine);
                if (known != null) {
                    known.newest = signal;
                    return known.done.asMono();
                }
            }
            return turns.inTurn(owner(signal), Mono.defer(() -> tries.received(telling.told(begun(same, mine)))))
                    .doOnSuccess(done -> mine.done.tryEmitEmpty())
                    .doOnError(failure -> {
                        begun(same, mine);
                        mine.done.tryEmitError(failure);
                    })
                    .doOnCancel(() -> begun(same, mine));
        });
    }

    /** What is late is in no order with what is live, which does not wait for it. */
    private static String owner(Signal signal) {
        String works = EnterpriseId.of(signal.deviceId()).value();
        return signal.kind() == Verdict.Kind.LATE ? "late " + works : works;
    }

    /** From now on what says the same waits for a turn of its own. */
    private synchronized Signal begun(String same, Waiting mine) {
        waiting.remove(same, mine);
        return mine.newest;
    }
}
