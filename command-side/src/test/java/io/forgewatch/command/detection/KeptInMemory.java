package io.forgewatch.command.detection;

import io.forgewatch.command.parking.ParkedSignals;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Parked signals without a store, as {@link ParkedSignals} says. */
final class KeptInMemory implements ParkedSignals {

    private static final long LATER = 30_000;

    final Set<String> subjects = new TreeSet<>();
    boolean away;
    private final Scheduler time;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private long ids;

    private record Row(Kept kept, long nextTry) {}

    KeptInMemory(Scheduler time) {
        this.time = time;
    }

    private Mono<Void> kept(Entry entry, long nextTry) {
        return Mono.defer(() -> {
            if (away) {
                return Mono.error(new IOException("connection refused"));
            }
            rows.compute(
                    entry.subject() + " " + entry.entry(),
                    (key, before) -> new Row(
                            new Kept(
                                    before == null
                                            ? new UUID(0, ids++)
                                            : before.kept().id(),
                                    before == null ? 0 : before.kept().version() + 1,
                                    entry.subject(),
                                    entry.enterprise(),
                                    entry.payload()),
                            before == null ? nextTry : before.nextTry()));
            subjects.add(entry.subject());
            return Mono.empty();
        });
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    @Override
    public Mono<Void> failing(Entry entry, Throwable failure) {
        return kept(entry, now() + LATER);
    }

    @Override
    public Mono<Void> behind(Entry entry) {
        return kept(entry, now());
    }

    @Override
    public Mono<Void> joining(Entry entry) {
        return kept(
                entry,
                rows.values().stream()
                        .filter(row -> row.kept().subject().equals(entry.subject()))
                        .mapToLong(Row::nextTry)
                        .min()
                        .orElse(now()));
    }

    @Override
    public Mono<Collection<String>> subjects() {
        return Mono.fromSupplier(() -> List.copyOf(subjects));
    }

    @Override
    public Flux<Kept> due(int most) {
        return Flux.defer(() -> {
            List<Kept> due = rows.values().stream()
                    .filter(row -> row.nextTry() <= now())
                    .map(Row::kept)
                    .limit(most)
                    .toList();
            due.forEach(kept -> moved(kept, 60_000));
            return Flux.fromIterable(due);
        });
    }

    private void moved(Kept kept, long by) {
        rows.replaceAll((key, row) -> row.kept().equals(kept) ? new Row(kept, now() + by) : row);
    }

    @Override
    public Mono<Void> done(Kept kept) {
        return Mono.fromRunnable(() -> {
            rows.values().removeIf(row -> row.kept().equals(kept));
            subjects.clear();
            rows.values().forEach(row -> subjects.add(row.kept().subject()));
        });
    }

    @Override
    public Mono<Void> failed(String subject, Throwable failure) {
        return Mono.fromRunnable(() -> rows.values().stream()
                .map(Row::kept)
                .filter(kept -> kept.subject().equals(subject))
                .toList()
                .forEach(kept -> moved(kept, LATER)));
    }

    @Override
    public Mono<Void> begin() {
        return Mono.empty();
    }
}
