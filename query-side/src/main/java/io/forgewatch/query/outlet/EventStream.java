package io.forgewatch.query.outlet;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.outlet.Listeners.Listener;
import io.forgewatch.query.projection.Place;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.Served;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The stored past and the live present of a stream as one, each entry once and in order. */
public final class EventStream<E> {

    /** At most so long nothing goes out. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ViewName view;
    private final Chronicle<E> chronicle;
    private final Words<E> words;
    private final Listeners listeners;
    private final Progress progress;
    private final Mono<Void> closed;
    private final Sent sent;

    EventStream(
            ViewName view,
            Chronicle<E> chronicle,
            Words<E> words,
            Listeners listeners,
            Progress progress,
            Mono<Void> closed) {
        this.view = view;
        this.chronicle = chronicle;
        this.words = words;
        this.listeners = listeners;
        this.progress = progress;
        this.closed = closed;
        this.sent = new Sent(view, chronicle, progress);
    }

    /**
     * @param lastEventId the id of the last entry that the caller has; null for all that comes from now on. Where it is of a
     *     history that is gone, he goes on behind what that and the one of now have in common
     * @return the entries after it, and at once and every {@link #HEARTBEAT} up to where all went out. It ends when this side
     *     stops, and when the caller is too slow. Fails first with 400 when there surely never was such an id, and with 503
     *     when too many listen, what it tells of is being built, or it cannot be told whether there was such an id
     */
    public Mono<Flux<Told>> open(Caller caller, @Nullable String lastEventId) {
        // A browser that gets anything but a stream does not come back: it waits a little for a side that starts.
        return listeners
                .opened()
                .timeout(PATIENCE, Mono.error(() -> progress.notServed(view)))
                .then(Mono.defer(() -> opened(caller.jurisdiction(), lastEventId)));
    }

    private Mono<Flux<Told>> opened(Jurisdiction scope, @Nullable String lastEventId) {
        if (listeners.isFull()) {
            return Mono.error(Problem.unavailable(10));
        }
        if (lastEventId == null) {
            return Mono.just(listening(scope, null));
        }
        Place last = Place.fromWire(lastEventId).orElse(null);
        return last == null
                ? Mono.error(badId())
                : sent.mayHaveBeen(last)
                        .flatMap(known -> known ? Mono.just(listening(scope, last)) : Mono.error(badId()));
    }

    /** He listens as long as he is subscribed, whatever he is at, and however it ends. */
    private Flux<Told> listening(Jurisdiction scope, @Nullable Place last) {
        return Flux.using(() -> listeners.register(scope), listener -> told(listener, last), listeners::remove)
                .onErrorComplete(Listeners.ComeAgainException.class)
                .takeUntilOther(closed);
    }

    /** What happens while the past is read waits in the buffer; the past ends where that begins. */
    private Flux<Told> told(Listener listener, @Nullable Place last) {
        Served served = progress.served(view).orElseThrow(() -> progress.notServed(view));
        // What serves may show another history since, and its outlet not have gone back yet.
        Place present = served.histories().goingOn(listener.since());
        Place start = last == null ? present : served.histories().goingOn(last);
        Flux<Told> past = Past.ofCaller(view, chronicle, progress)
                .between(served, start.position(), present.position(), listener.scope())
                .mapNotNull(entry -> words.of(served.generation(), entry)
                        .map(text -> new Told.News(served.histories().at(entry.position()), text))
                        .orElse(null));
        Flux<Told> beats = Flux.interval(HEARTBEAT, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .doOnNext(beat -> listeners.mark(listener))
                .ignoreElements()
                .thenMany(Flux.empty());
        Flux<Told> all = Flux.concat(Flux.just(new Told.UpTo(start)), past, listener.heard());
        return onlyLater(
                        all.filter(told ->
                                !(told instanceof Told.LateNews late) || !isOfPast(late, served, start, present)),
                        start)
                .mergeWith(beats);
    }

    /** What was passed over before, and he has read just now from where it was taken in. */
    private static boolean isOfPast(Told.LateNews late, Served read, Place start, Place present) {
        return late.by().equals(read.generation())
                && late.position() > start.position()
                && late.position() <= present.position();
    }

    /** Another instance may have been further than this one is now. */
    private static Flux<Told> onlyLater(Flux<Told> all, Place start) {
        AtomicReference<Place> sent = new AtomicReference<>(start);
        return all.handle((told, out) -> {
            switch (told) {
                case Told.UpTo(Place place) -> out.next(new Told.UpTo(sent.accumulateAndGet(place, Place::later)));
                case Told.LateNews late -> out.next(late);
                case Told.News(Place place, String _) -> {
                    if (place.isBeyond(sent.get())) {
                        sent.set(place);
                        out.next(told);
                    }
                }
            }
        });
    }

    private static Problem badId() {
        return Problem.invalidParameter(
                "Last-Event-ID", "Not the id of an event that this stream has sent. 不是本事件流发出的编号。");
    }
}
