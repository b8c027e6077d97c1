package io.forgewatch.query.projection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One instance's way to a topic, which may be cut while the others' are not. */
final class OwnPath implements EventLog {

    private final EventLog topic;
    private volatile boolean mute;
    private volatile boolean cut;
    private final Map<Long, Integer> begun = new ConcurrentHashMap<>();

    OwnPath(EventLog topic) {
        this.topic = topic;
    }

    /** Nothing comes, and what is asked fails. */
    void isCut(boolean so) {
        cut = so;
    }

    /** Nothing comes, though it is told how far the topic goes. */
    void isMute(boolean so) {
        mute = so;
    }

    /** How many readings began at this offset. */
    int begunAt(long offset) {
        return begun.getOrDefault(offset, 0);
    }

    /** As a consumer does, whoever waits behind a cut gets later what came meanwhile. */
    @Override
    public Flux<List<LoggedEvent>> from(long offset) {
        return topic.from(offset)
                .doOnSubscribe(reading -> begun.merge(offset, 1, Integer::sum))
                .concatMap(
                        batch -> Flux.interval(Duration.ZERO, Duration.ofMillis(5))
                                .onBackpressureDrop()
                                .filter(tick -> !cut && !mute)
                                .next()
                                .thenReturn(batch),
                        1);
    }

    @Override
    public Mono<Long> begin() {
        return asked(topic.begin());
    }

    @Override
    public Mono<Long> end() {
        return asked(topic.end());
    }

    private Mono<Long> asked(Mono<Long> answer) {
        return Mono.defer(() -> cut ? Mono.error(new IllegalStateException("no way to the broker")) : answer);
    }
}
