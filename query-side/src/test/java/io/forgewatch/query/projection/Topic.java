package io.forgewatch.query.projection;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A topic in memory, read in batches of three, whose readers hear of what comes later. */
final class Topic implements EventLog {

    private static final int BATCH = 3;

    private final List<LoggedEvent> records = new CopyOnWriteArrayList<>();
    private volatile int first;
    private volatile int life;
    private volatile boolean away;

    void relay(RecordedEvent event) {
        relay(event.position(), event.event().enterpriseId(), EventJson.envelope(event));
    }

    void relay(long position, String key, byte[] envelope) {
        records.add(new LoggedEvent(records.size(), position, null, null, key, envelope));
    }

    /** Takes all out; offsets go on. */
    void clear() {
        first = records.size();
    }

    /** Is deleted and made again. */
    void lose() {
        life++;
        records.clear();
        first = 0;
    }

    /** Whether the broker is away: nothing comes, as Kafka has it, and nothing fails but what is asked. */
    void isAway(boolean so) {
        away = so;
    }

    List<LoggedEvent> records() {
        return List.copyOf(records);
    }

    @Override
    public Flux<List<LoggedEvent>> from(long offset) {
        return Flux.defer(() -> {
            int begun = life;
            AtomicInteger next = new AtomicInteger(offset < records.size() ? (int) offset : first);
            return Flux.interval(Duration.ZERO, Duration.ofMillis(2), Schedulers.boundedElastic())
                    .onBackpressureDrop()
                    .filter(tick -> !away)
                    .concatMap(tick -> Mono.fromSupplier(() -> batch(begun, next)), 1)
                    .filter(batch -> !batch.isEmpty());
        });
    }

    private List<LoggedEvent> batch(int begun, AtomicInteger next) {
        if (begun != life) {
            throw new IllegalStateException("deleted and made again");
        }
        int from = Math.min(records.size(), Math.max(first, next.get()));
        int to = Math.min(from + BATCH, records.size());
        next.set(to);
        return List.copyOf(records.subList(from, to));
    }

    @Override
    public Mono<Long> begin() {
        return asked(() -> (long) first);
    }

    @Override
    public Mono<Long> end() {
        return asked(() -> (long) records.size());
    }

    private Mono<Long> asked(Supplier<Long> answer) {
        return Mono.defer(() -> away
                ? Mono.error(new IllegalStateException("nobody answers for the topic"))
                : Mono.fromSupplier(answer));
    }
}
