package io.forgewatch.command.automation;

import io.forgewatch.command.automation.ParkedRows.OfAutomation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the automations that run elsewhere have parked, to be told here: read anew when others run elsewhere than before, and else now
 * and then. Claims are looked at twice a second, and nobody who looks at a health page needs this as often.
 */
final class ParkedElsewhere {

    static final Duration READ_EVERY = Duration.ofSeconds(5);

    private final Function<List<String>, Flux<OfAutomation>> read;
    private final LongSupplier nanos;

    // One looks at a time.
    private volatile Set<String> names = Set.of();
    private volatile Map<String, Collection<Parked>> parked = Map.of();
    private volatile long readAt;

    /**
     * @param read all that some automations have parked
     * @param nanos as of {@link System#nanoTime()}
     */
    ParkedElsewhere(Function<List<String>, Flux<OfAutomation>> read, LongSupplier nanos) {
        this.read = read;
        this.nanos = nanos;
    }

    /** By automation, those that have parked something. */
    Mono<Map<String, Collection<Parked>>> of(List<String> automations) {
        return Mono.defer(() -> {
            Set<String> asked = Set.copyOf(automations);
            long now = nanos.getAsLong();
            if (asked.equals(names) && now - readAt < READ_EVERY.toNanos()) {
                return Mono.just(parked);
            }
            return read.apply(automations)
                    .collectMultimap(OfAutomation::automation, OfAutomation::parked)
                    .doOnNext(found -> {
                        names = asked;
                        parked = found;
                        readAt = now;
                    });
        });
    }
}
