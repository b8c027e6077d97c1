package io.forgewatch.command.eventstore;

import io.forgewatch.event.EventTypes;
import io.forgewatch.event.transparency.TransparencyEvent.LogEpochOpened;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets events into the store, or not: a store that does not extend what its log has published takes no more until a new epoch is
 * opened. Until somebody has looked, appends wait.
 */
public final class AppendGate {

    private static final String OPENS = EventTypes.of(LogEpochOpened.class).name();

    private final Sinks.Many<Optional<RuntimeException>> states =
            Sinks.many().replay().latest();

    private volatile boolean open;

    /** A gate that stands open, for stores without a log. */
    public static AppendGate standingOpen() {
        AppendGate gate = new AppendGate();
        gate.open();
        return gate;
    }

    /** From now on events are taken. */
    public void open() {
        tell(Optional.empty());
    }

    /**
     * From now on each append fails, but for the event that opens a new epoch.
     *
     * @param why what whoever appends is told
     */
    public void close(RuntimeException why) {
        tell(Optional.of(why));
    }

    /** Completes when events are taken: at once, or once the gate has been opened. */
    public Mono<Void> whenOpen() {
        return states.asFlux().filter(Optional::isEmpty).next().then();
    }

    /** Completes when these may go in; waits while nobody has looked yet, fails when the gate is closed to them. */
    Mono<Void> passed(List<Append> group) {
        return states.asFlux()
                .next()
                .flatMap(closed -> closed.isEmpty() || group.stream().allMatch(AppendGate::passes)
                        ? Mono.empty()
                        : Mono.error(closed.get()));
    }

    private static boolean passes(Append append) {
        return append.events().stream().allMatch(event -> event.name().equals(OPENS));
    }

    /** Whether events are taken, as far as is known. */
    boolean isOpen() {
        return open;
    }

    private synchronized void tell(Optional<RuntimeException> closed) {
        open = closed.isEmpty();
        states.tryEmitNext(closed).orThrow();
    }
}
