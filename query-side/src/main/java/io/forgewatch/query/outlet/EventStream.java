package io.forgewatch.query.outlet;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.outlet.Listeners.Listener;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The stored past and the live present of a stream as one, each entry once and in order. */
public final class EventStream<E> {

    /** At most so long nothing goes out. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final ViewName view;
    private final StoredEntries<E> stored;
    private final Listeners<E> listeners;
    private final Progress progress;
    private final Mono<Void> closed;

    EventStream(ViewName view, StoredEntries<E> stored, Listeners<E> listeners, Progress progress, Mono<Void> closed) {
        this.view = view;
        this.stored = stored;
        this.listeners = listeners;
        this.progress = progress;
        this.closed = closed;
    }

    /**
     * @param lastEventId the id of the last entry that the caller has; null for all that comes from now on
     * @return the entries after it, and at once and every {@link #HEARTBEAT} up to where all went out. It ends when this side
     *     stops, and when the caller is too slow. Fails first with 400 when there never was such an id, and with 503 when too
     *     many listen or what it tells of is being built
     */
    public Mono<Flux<Told<E>>> open(Caller caller, @Nullable String lastEventId) {
        // A browser that gets anything but a stream does not come back: it waits a little for a side that starts.
        return listeners
                .opened()
                .timeout(PATIENCE, Mono.error(() -> progress.notServed(view)))
                .then(Mono.defer(() -> opened(caller.jurisdiction(), lastEventId)));
    }

    private Mono<Flux<Told<E>>> opened(Jurisdiction scope, @Nullable String lastEventId) {
        if (listeners.isFull()) {
            return Mono.error(Problem.unavailable(10));
        }
        if (lastEventId == null) {
            return Mono.just(listening(scope, null));
        }
        if (!POSITION.matcher(lastEventId).matches()) {
            return Mono.error(badId());
        }
        long last = Long.parseLong(lastEventId);
        return known(last).flatMap(known -> known ? Mono.just(listening(scope, last)) : Mono.error(badId()));
    }

    /** He listens as long as he is subscribed, whatever he is at, and however it ends. */
    private Flux<Told<E>> listening(Jurisdiction scope, @Nullable Long last) {
        return Flux.using(() -> listeners.register(scope), listener -> told(listener, last), listeners::remove)
                .onErrorComplete(Listeners.TooSlowException.class)
                .takeUntilOther(closed);
    }

    /** What happens while the past is read waits in the buffer; the past ends where that begins. */
    private Flux<Told<E>> told(Listener<E> listener, @Nullable Long last) {
        long start = last == null ? listener.since() : last;
        Flux<Told<E>> past =
                stored.past(start, listener.since(), listener.scope()).map(Told.News::new);
        Flux<Told<E>> beats = Flux.interval(HEARTBEAT, Schedulers.boundedElastic())
                .onBackpressureDrop()
                .doOnNext(beat -> listeners.mark(listener))
                .ignoreElements()
                .thenMany(Flux.empty());
        Flux<Told<E>> all = Flux.concat(Flux.just(new Told.UpTo<>(start)), past, listener.heard());
        return onlyLater(all, start).mergeWith(beats);
    }

    /** Another instance may have been further than this one is now. */
    private static <E> Flux<Told<E>> onlyLater(Flux<Told<E>> all, long start) {
        AtomicLong sent = new AtomicLong(start);
        return all.handle((told, out) -> {
            switch (told) {
                case Told.UpTo<E>(long position) ->
                    out.next(new Told.UpTo<>(sent.accumulateAndGet(position, Math::max)));
                case Told.LateNews<E> late -> out.next(late);
                case Told.News<E>(Entry<E> entry) -> {
                    if (entry.position() > sent.get()) {
                        sent.set(entry.position());
                        out.next(told);
                    }
                }
            }
        });
    }

    /** An id is of the past when a view has passed it, or when the stream has an entry of it or beyond (a view catching up). */
    private Mono<Boolean> known(long position) {
        return progress.of(view) >= position ? Mono.just(true) : stored.reaches(position);
    }

    private static Problem badId() {
        return Problem.invalidParameter(
                "Last-Event-ID", "Not the id of an event that this stream has sent. 不是本事件流发出的编号。");
    }
}
