package io.forgewatch.query.outlet;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.ViewName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Hands what a view has stored for people on to those who listen here, on every instance, whoever folded it: a stream never hangs on
 * who was first. It looks when the view moves, and reads up to where the view is surely written, so that nothing comes in behind
 * it. It begins where the view is when it is first known to serve: no history is told as news.
 */
public final class Outlet<E> implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(1);
    /** Of what was passed over for weeks, no more than a listener's buffer takes easily. */
    private static final int MOST_LATE = 100;

    private final ViewName view;
    private final StoredEntries<E> stored;
    private final Progress progress;
    private final Listeners<E> listeners = new Listeners<>();

    private volatile Sinks.Empty<Void> closing = Sinks.empty();
    private volatile @Nullable Disposable running;
    private volatile @Nullable Generation told;
    private boolean stopped;

    /** @param view that stores the entries */
    public Outlet(ViewName view, StoredEntries<E> stored, Progress progress) {
        this.view = view;
        this.stored = stored;
        this.progress = progress;
    }

    /** Where streams of it are opened. */
    public EventStream<E> stream() {
        return new EventStream<>(view, stored, listeners, progress, Mono.defer(() -> closing.asMono()));
    }

    /** Whether it is known where it begins. */
    public boolean isOpen() {
        return listeners.said() != Listeners.CLOSED;
    }

    /** How many listen now. */
    public int listening() {
        return listeners.count();
    }

    @Override
    public synchronized void start() {
        if (stopped) { // before the first start streams may be open already: what ends them is not replaced
            closing = Sinks.empty();
            stopped = false;
        }
        running = progress.moves()
                .mergeWith(Flux.interval(Duration.ZERO, LOOK_AT_LEAST))
                .onBackpressureLatest()
                .publishOn(Schedulers.boundedElastic(), 1)
                .concatMap(moved -> look(), 1)
                .subscribe();
    }

    /** Streams end before the web server waits for them. */
    @Override
    public synchronized void stop() {
        Disposable now = running;
        running = null;
        stopped = true;
        if (now != null) {
            now.dispose();
        }
        closing.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private Mono<Void> look() {
        Generation serving = progress.serving(view).orElse(null);
        if (serving == null || !progress.isKnown(serving)) {
            return Mono.empty();
        }
        long reached = progress.of(serving);
        if (listeners.said() == Listeners.CLOSED) {
            listeners.saidUpTo(reached);
        }
        return passedOver(serving)
                .thenMany(Flux.defer(() -> between(reached)))
                .onErrorResume(failure -> {
                    LOG.warn("What {} has to say cannot be read at the moment", view.name(), failure);
                    return Flux.empty();
                })
                .then();
    }

    private Flux<Entry<E>> between(long reached) {
        return stored.between(listeners.said(), reached, new Jurisdiction.Nation())
                .doOnNext(listeners::say)
                .doOnComplete(() -> listeners.saidUpTo(reached));
    }

    /** When another generation took over: what the one before had passed over, because somebody was parked, is told now. */
    private Mono<Void> passedOver(Generation serving) {
        Generation before = told;
        if (serving.equals(before)) {
            return Mono.empty();
        }
        Flux<Entry<E>> late = before == null ? Flux.empty() : stored.late(serving.build(), MOST_LATE);
        return late.doOnNext(listeners::sayLate)
                .doOnComplete(() -> told = serving)
                .then();
    }
}
