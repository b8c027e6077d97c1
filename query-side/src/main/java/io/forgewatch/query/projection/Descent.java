package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/**
 * Whether a generation goes on with the history of the one before it. It does when the topic still has the event at which that one
 * is, and everything that was told people is told by the new one too; else it shows another history, which was the same up to
 * somewhere. To take the same one for another costs nothing but a number; the other way round people would not hear of what took
 * the lost events' positions.
 */
final class Descent {

    private static final Logger LOG = LoggerFactory.getLogger(Descent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLog log;
    private final Checkpoints checkpoints;
    private final @Nullable Spoken spoken;

    /** @param spoken null for a view of which nothing is told */
    Descent(EventLog log, Checkpoints checkpoints, @Nullable Spoken spoken) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.spoken = spoken;
    }

    /**
     * The histories as they are when one generation takes over from another.
     *
     * @param upTo where the new one is
     */
    Mono<Histories> after(Histories histories, Generation before, Generation built, long upTo) {
        return goesOn(before)
                .flatMap(same -> agreement(before, built, same ? upTo : Long.MAX_VALUE)
                        .map(agreement -> same && agreement.whole()
                                ? histories
                                : told(histories.forked(agreement.common()), before, built)));
    }

    /** Whether the topic has the event at which a generation is. */
    Mono<Boolean> goesOn(Generation generation) {
        return checkpoints.load(generation).flatMap(this::isInTopic);
    }

    private Mono<Spoken.Agreement> agreement(Generation before, Generation built, long upTo) {
        return spoken == null
                ? Mono.just(Spoken.Agreement.NOTHING)
                : spoken.agreement(before, built, upTo).timeout(PATIENCE);
    }

    /** Without gaps a position is never at an offset before this; records that are there twice put it behind. */
    private Mono<Boolean> isInTopic(Checkpoint place) {
        return place.position() == 0
                ? Mono.just(true)
                : Mono.zip(log.begin(), log.end()).flatMap(ends -> isAmong(ends, place));
    }

    private Mono<Boolean> isAmong(Tuple2<Long, Long> ends, Checkpoint place) {
        long first = ends.getT1() + place.position() - 1;
        long end = ends.getT2();
        return first >= end
                ? Mono.just(false)
                : log.from(first)
                        .concatMapIterable(batch -> batch)
                        .takeUntil(record -> record.position() >= place.position() || record.offset() >= end - 1)
                        .filter(record -> record.position() == place.position())
                        .next()
                        .map(record -> place.event() == null
                                || place.event()
                                        .equals(Decoded.of(record, Set.of()).id()))
                        .defaultIfEmpty(false)
                        .timeout(PATIENCE);
    }

    private static Histories told(Histories now, Generation before, Generation built) {
        LOG.warn(
                "{} shows another history than {}: history {} begins behind position {}",
                built,
                before,
                now.now(),
                now.common().getLast());
        return now;
    }
}
