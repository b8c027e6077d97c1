package io.forgewatch.query.warning;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Progress;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stored past and the live present of the stream as one, each entry once and in order. */
final class WarningStream {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final WarningPast past;
    private final WarningLive live;
    private final Progress progress;

    WarningStream(WarningPast past, WarningLive live, Progress progress) {
        this.past = past;
        this.live = live;
        this.progress = progress;
    }

    /**
     * @param lastEventId the id of the last entry that the caller has; null for all that comes from now on
     * @return the entries after it; fails first with 400 when there never was such an id
     */
    Mono<Flux<StreamEntry>> open(Caller caller, @Nullable String lastEventId) {
        Jurisdiction scope = caller.jurisdiction();
        if (live.isFull()) {
            return Mono.error(Problem.unavailable(10));
        }
        if (lastEventId == null) {
            return Mono.just(live.listening(scope, present -> onlyLater(present, new AtomicLong(-1))));
        }
        if (!POSITION.matcher(lastEventId).matches()) {
            return Mono.error(badId());
        }
        long last = Long.parseLong(lastEventId);
        return known(last).flatMap(known -> known ? Mono.just(resumed(last, scope)) : Mono.error(badId()));
    }

    Mono<Void> closed() {
        return live.closed();
    }

    /** The listening begins before the past is read: what happens meanwhile waits in the buffer and is not sent twice. */
    private Flux<StreamEntry> resumed(long last, Jurisdiction scope) {
        return live.listening(
                scope, present -> onlyLater(past.after(last, scope).concatWith(present), new AtomicLong(last)));
    }

    private static Flux<StreamEntry> onlyLater(Flux<StreamEntry> entries, AtomicLong sent) {
        return entries.filter(entry -> {
            boolean later = entry.position() > sent.get();
            if (later) {
                sent.set(entry.position());
            }
            return later;
        });
    }

    /** An id is of the past when a view has passed it, or when the stream has an entry of it or beyond (a view catching up). */
    private Mono<Boolean> known(long position) {
        return progress.of(WarningProjection.NAME) >= position ? Mono.just(true) : past.reaches(position);
    }

    private static Problem badId() {
        return Problem.invalidParameter(
                "Last-Event-ID", "Not the id of an event that this stream has sent. 不是本事件流发出的编号。");
    }
}
