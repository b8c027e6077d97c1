package io.forgewatch.query.warning;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.web.Problem;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * Hands new entries to all who listen. Each has a bounded buffer for what its jurisdiction covers; who is too slow for it is let
 * go and comes back with the id of the last entry that reached him.
 */
final class WarningLive implements SmartLifecycle {

    private static final int BUFFER = 512;
    private static final int MOST_LISTENERS = 5_000;
    private static final long UNKNOWN = -1;

    private record Listener(Jurisdiction scope, Sinks.Many<StreamEntry> entries) {}

    /** Somebody read more slowly than things happened. */
    static final class TooSlowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("The listener did not keep up", null, false, false);
        }
    }

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile Sinks.Empty<Void> closing = Sinks.empty();
    private volatile boolean running;
    private volatile boolean stopped;
    private long said = UNKNOWN;

    /** Whatever was stored when this process began is not said again. Only the first call counts. */
    synchronized void begin(long lastStored) {
        if (said == UNKNOWN) {
            said = lastStored;
        }
    }

    /**
     * Called with what happened in order. While a view is built anew two say the same: what comes first is heard, once.
     */
    synchronized void publish(List<StreamEntry> happened) {
        for (StreamEntry entry : happened) {
            if (entry.position() <= said) {
                continue;
            }
            said = entry.position();
            EnterpriseId enterprise = new EnterpriseId(entry.warning().enterpriseId());
            for (Listener listener : listeners) {
                if (listener.scope.covers(enterprise)
                        && listener.entries.tryEmitNext(entry) == Sinks.EmitResult.FAIL_OVERFLOW) {
                    listeners.remove(listener);
                    listener.entries.emitError(new TooSlowException(), Sinks.EmitFailureHandler.FAIL_FAST);
                }
            }
        }
    }

    /** Whether as many listen as one instance is made for. */
    boolean isFull() {
        return listeners.size() >= MOST_LISTENERS;
    }

    /** How many listen now. */
    int listeners() {
        return listeners.size();
    }

    /**
     * Listens for as long as somebody is subscribed to the answer, whatever of it he is at, and however it ends: who hangs up
     * while the past is read for him, or for whom it cannot be read, is no listener any more.
     *
     * @param reading what the subscriber gets, from what is published from his subscription on, which waits in his buffer until
     *     he reads it
     * @return fails with 503 when as many listen as one instance is made for
     */
    Flux<StreamEntry> listening(Jurisdiction scope, UnaryOperator<Flux<StreamEntry>> reading) {
        return Flux.using(
                () -> registered(scope), listener -> reading.apply(listener.entries.asFlux()), listeners::remove);
    }

    private synchronized Listener registered(Jurisdiction scope) {
        if (isFull()) {
            throw Problem.unavailable(10);
        }
        Listener listener = new Listener(
                scope,
                Sinks.many()
                        .unicast()
                        .onBackpressureBuffer(Queues.<StreamEntry>get(BUFFER).get()));
        listeners.add(listener);
        return listener;
    }

    /** Completes when this side stops: streams end before the web server waits for them. */
    Mono<Void> closed() {
        return closing.asMono();
    }

    @Override
    public void start() {
        if (stopped) { // before the first start streams may be open already: what ends them is not replaced
            closing = Sinks.empty();
            stopped = false;
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stopped = true;
        closing.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
