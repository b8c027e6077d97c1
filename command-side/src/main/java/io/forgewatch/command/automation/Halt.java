package io.forgewatch.command.automation;

import io.forgewatch.command.eventstore.StoredEvent;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The first event of a run that cannot be handled, where there is one: none after it is begun any more, those before it are still
 * done. So what one event holds up is only what comes after it, and the place where it stands is that event's.
 */
final class Halt {

    private final AtomicReference<@Nullable Place> first = new AtomicReference<>();
    private final Sinks.Empty<Void> happened = Sinks.empty();

    private record Place(long position, Throwable failure) {}

    void at(long position, Throwable failure) {
        Place place = new Place(position, failure);
        first.accumulateAndGet(place, (known, mine) -> known == null || position < known.position() ? mine : known);
        happened.tryEmitEmpty();
    }

    boolean isBefore(long position) {
        Place place = first.get();
        return place != null && place.position() < position;
    }

    /** Whether an event can be read; one that can't is where it halts. */
    boolean passesLegible(StoredEvent event) {
        try {
            event.recorded();
            return true;
        } catch (RuntimeException illegible) {
            at(event.position(), illegible);
            return false;
        }
    }

    Mono<Void> happened() {
        return happened.asMono();
    }

    /** Fails as the first event did, or says that the events came to an end, which they never should. */
    <T> Mono<T> failure() {
        return Mono.error(() -> {
            Place place = first.get();
            return place == null
                    ? new IllegalStateException("The events ended")
                    : new HaltedException(place.position(), place.failure());
        });
    }
}
