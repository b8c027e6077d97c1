package io.forgewatch.command.parking;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where signals are kept that are left alone, by what they are about. */
public interface ParkedSignals {

    /**
     * A signal to be kept. One with the same entry of the same subject gives way to it, and leaves it its place.
     *
     * @param subject such as a point and a direction
     * @param entry what is said of it, such as a breach and its onset
     * @param offset in the partition from which it was read
     */
    record Entry(String subject, String entry, String enterprise, int partition, long offset, byte[] payload) {}

    /**
     * A signal that is kept.
     *
     * @param version counts what gave way to it
     */
    record Kept(UUID id, int version, String subject, String enterprise, byte[] payload) {}

    /** It fails: to be tried again in half a minute. */
    Mono<Void> failing(Entry entry, Throwable failure);

    /** More came than can wait: to be tried as soon as there is room. */
    Mono<Void> behind(Entry entry);

    /** What it is about is parked already: to be tried with what fails of that; where nothing fails, after what came before it. */
    Mono<Void> joining(Entry entry);

    /**
     * What signals are about that are kept.
     *
     * @param last id of the newest of them
     */
    record Subject(String subject, UUID last) {}

    /**
     * What those are about that were kept after one, in the order in which they were.
     *
     * @param after the last one of the answer before; null for those of the last minute
     * @param most how many
     */
    Flux<Subject> newer(@Nullable UUID after, int most);

    /**
     * What they are about, in order.
     *
     * @param after the last one of the page before; empty for the first
     * @param most how many
     */
    Flux<String> subjects(String after, int most);

    /**
     * Those whose time has come, in order, and after what came before them of the same subject; for a minute nobody else gets them.
     *
     * @param busy enterprises of which none is wanted now
     */
    Flux<Kept> due(int most, Set<String> busy);

    /**
     * It is done: no longer kept; another that has taken its place meanwhile is to be tried at once. Says whether it was the last of
     * its subject.
     */
    Mono<Boolean> done(Kept kept);

    /** They could not be tried now, and may be at once. */
    Mono<Void> untried(List<Kept> untried);

    /** All of this subject is to be tried again in half a minute. */
    Mono<Void> failed(String subject, Throwable failure);

    /** What was parked by other code is to be tried at once. */
    Mono<Void> begin();
}
