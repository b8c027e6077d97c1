package io.forgewatch.query.outlet;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Parked;
import io.forgewatch.query.projection.Place;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Served;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Hands what a view has stored for people on to those who listen here, on every instance, whoever folded it: a stream never hangs on
 * who was first. It looks when the view moves, and reads up to where the view is surely written, so that nothing comes in behind
 * it. It begins where the view is when it is first known to serve: no history is told as news. When what serves shows another
 * history than before, because the store was restored to an earlier state, it goes back to what both have in common and tells all
 * that the new one has behind it.
 */
public final class Outlet<E> implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final Duration LOOK_AT_LEAST = Duration.ofSeconds(1);
    /** Of what was passed over for weeks, no more than a listener's buffer takes easily. */
    private static final int MOST_LATE = 100;

    private final ViewName view;
    private final Chronicle<E> chronicle;
    private final Words<E> words;
    private final Progress progress;
    private final Past<E> past;
    private final Listeners listeners = new Listeners();
    private final StandingStream saying;

    private volatile Sinks.Empty<Void> closing = Sinks.empty();
    private volatile @Nullable Served told;
    private volatile @Nullable String trouble;
    private boolean stopped;

    /**
     * @param view that stores the entries
     * @param words how an entry is written to those who listen, once for all of them
     * @param streams what it says is one of them: whatever fails in a look, it looks again
     */
    public Outlet(
            ViewName view,
            Chronicle<E> chronicle,
            Function<E, String> words,
            Progress progress,
            StandingStreams streams) {
        this.view = view;
        this.chronicle = chronicle;
        this.words = new Words<>(chronicle, words);
        this.progress = progress;
        this.past = Past.own(view, chronicle, progress);
        this.saying = streams.of("outlet " + view.name(), this::looks);
    }

    /** Of what it tells. */
    public ViewName view() {
        return view;
    }

    /** Where streams of it are opened. */
    public EventStream<E> stream() {
        return new EventStream<>(view, chronicle, words, listeners, progress, Mono.defer(() -> closing.asMono()));
    }

    /** Whether it is known where it begins. */
    public boolean isOpen() {
        return listeners.said() != null;
    }

    /** How many listen now. */
    public int listening() {
        return listeners.count();
    }

    /** How many positions the view is ahead of what was said here; 0 while it is not known where this begins. */
    public long behind() {
        Served served = progress.served(view).orElse(null);
        return served == null || !isOpen() ? 0 : Math.max(0, progress.of(served.generation()) - saidOf(served));
    }

    /** How many entries of what serves it came upon that cannot be read, and so were told nobody. */
    public int unreadable() {
        return progress.serving(view)
                .map(generation -> chronicle.unreadable(generation).count())
                .orElse(0);
    }

    /** Why it says nothing at the moment; empty while it does. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public synchronized void start() {
        if (stopped) { // before the first start streams may be open already: what ends them is not replaced
            closing = Sinks.empty();
            stopped = false;
        }
        saying.start();
    }

    /** Streams end before the web server waits for them. */
    @Override
    public synchronized void stop() {
        stopped = true;
        saying.stop();
        closing.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return saying.isStarted();
    }

    /** A signal whenever it looked. */
    private Flux<Long> looks() {
        return progress.moves()
                .mergeWith(Flux.interval(Duration.ZERO, LOOK_AT_LEAST))
                .onBackpressureLatest()
                .publishOn(Schedulers.boundedElastic(), 1)
                .concatMap(moved -> look().thenReturn(moved), 1);
    }

    private Mono<Void> look() {
        Served served = progress.served(view).orElse(null);
        if (served == null || !progress.isKnown(served.generation())) {
            return Mono.empty();
        }
        long reached = progress.of(served.generation());
        Place said = listeners.said();
        listeners.saidUpTo(
                said == null
                        ? served.histories().at(reached)
                        : served.histories().goingOn(said));
        if (reached < saidOf(served)) {
            return Mono.empty(); // what took over is not as far here as what it took over from
        }
        return passedOver(served)
                .thenMany(Flux.defer(() -> toSay(served, reached)))
                // Another one took over meanwhile: the next look asks how far that is.
                .onErrorComplete(Listeners.ComeAgainException.class)
                .onErrorResume(failure -> {
                    LOG.warn("What {} has to say cannot be read at the moment", view.name(), failure);
                    trouble = "What it has to say cannot be read: it tries again";
                    return Flux.empty();
                })
                .then();
    }

    private Flux<Entry<E>> toSay(Served served, long reached) {
        return past.between(served, saidOf(served), reached, new Jurisdiction.Nation())
                .doOnNext(entry -> words.of(served.generation(), entry)
                        .ifPresent(text -> listeners.say(
                                entry.enterpriseId(),
                                new Told.News(served.histories().at(entry.position()), text))))
                .doOnComplete(() -> {
                    listeners.saidUpTo(served.histories().at(reached));
                    trouble = null;
                });
    }

    private long saidOf(Served served) {
        return served.histories()
                .goingOn(Objects.requireNonNull(listeners.said()))
                .position();
    }

    /** When another generation took over: what the one before had passed over, because somebody was parked, is told now. */
    private Mono<Void> passedOver(Served served) {
        Served before = told;
        if (served.equals(before)) {
            return Mono.empty();
        }
        List<Parked> takenIn = before == null ? List.of() : served.passedOver();
        return Flux.fromIterable(takenIn)
                .concatMap(one -> chronicle
                        .of(served.generation())
                        .newest(one.key(), one.position() - 1, saidOf(served), MOST_LATE))
                .sort(Comparator.comparingLong(Entry::position))
                .takeLast(MOST_LATE)
                .collectList()
                .flatMap(late -> before == null ? Mono.just(late) : untold(before, late))
                .flatMapIterable(late -> late)
                .doOnNext(entry -> words.of(served.generation(), entry)
                        .ifPresent(text -> listeners.sayLate(
                                entry.enterpriseId(), new Told.LateNews(served.generation(), entry.position(), text))))
                .then(Mono.fromRunnable(() -> told = served));
    }

    /** Those of them that the generation before did not tell in their turn, before it parked whose they are or in spite of that. */
    private Mono<List<Entry<E>>> untold(Served before, List<Entry<E>> late) {
        return chronicle
                .of(before.generation())
                .among(Traces.of(late))
                .map(traces -> late.stream()
                        .filter(entry -> !traces.has(Traces.Trace.of(entry)))
                        .toList());
    }
}
