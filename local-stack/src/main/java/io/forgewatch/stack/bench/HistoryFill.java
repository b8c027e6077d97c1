package io.forgewatch.stack.bench;

import io.forgewatch.command.eventstore.StoreInstance;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.StackHome;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.postgres.PostgresBinaries;
import io.forgewatch.stack.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Puts a history into the event store of a stack that is down, by the store's own append: some chapters at a time, together or not
 * at all, in order. What is there already stays. The automations are then past it, as they would be had they been there.
 */
final class HistoryFill {

    private static final int CHAPTERS = 20;
    private static final Duration MOST = Duration.ofHours(3);
    private static final long TELL_EVERY_NANOS = 4_000_000_000L;

    private HistoryFill() {}

    /** How many events there are; of a stack that is down nobody adds any. */
    static long head(Path home) throws Exception {
        return with(home, (server, store) -> head(store));
    }

    /**
     * Fills it.
     *
     * @param founded how many events were there before the first chapter
     * @return how many there are at the end
     */
    static long fill(Path home, History history, long founded, Progress progress) throws Exception {
        return with(home, (server, store) -> {
            append(store, history, next(history, head(store) - founded), progress);
            long head = founded + history.before(history.chapters());
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("update tokens set owner = null, claimed_at = null, position = " + head);
                statement.execute("analyze");
            }
            return head;
        });
    }

    /** What is done with a store that nobody else has. */
    @FunctionalInterface
    private interface Work {
        long on(PostgresServer server, StoreInstance store) throws Exception;
    }

    private static long with(Path home, Work work) throws Exception {
        StackOptions options = StackOptions.parse(List.of("--home", home.toString()), System.getenv());
        try (StackHome held = StackHome.take(home);
                PostgresServer server = PostgresServer.start(
                        PostgresBinaries.in(options.programs()), held.data().resolve("postgres"), FreePort.any());
                StoreInstance store = new StoreInstance(
                        server.url(), List.of(new Acknowledging.Tally()), Clock.systemUTC(), 4, 4, 8_192, 0)) {
            return work.on(server, store);
        }
    }

    private static long head(StoreInstance store) {
        return store.feed().head().blockOptional(Duration.ofMinutes(1)).orElseThrow();
    }

    /** The chapter with which to go on behind so many events. */
    static int next(History history, long events) {
        int from = 0;
        int to = history.chapters();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (history.before(middle) < events) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if (history.before(from) != events) {
            throw new StackException("The store has " + events
                    + " events of the history, and no chapter ends there; delete the folder to begin anew");
        }
        return from;
    }

    private static void append(StoreInstance store, History history, int first, Progress progress) {
        int last = history.chapters();
        long all = history.before(last);
        AtomicLong told = new AtomicLong(System.nanoTime());
        Appends appends = new Appends(store.engine());
        Flux.range(0, (last - first + CHAPTERS - 1) / CHAPTERS)
                .map(part -> first + part * CHAPTERS)
                .publishOn(Schedulers.boundedElastic(), 1)
                .concatMap(
                        from -> appends.append(chapters(history, from, Math.min(last, from + CHAPTERS)))
                                .thenReturn(Math.min(last, from + CHAPTERS)),
                        1)
                .doOnNext(to -> {
                    long now = System.nanoTime();
                    if (now - told.get() > TELL_EVERY_NANOS || to == last) {
                        told.set(now);
                        progress.tell("%,d of %,d events appended".formatted(history.before(to), all));
                    }
                })
                .then()
                .block(MOST);
    }

    private static List<DomainEvent> chapters(History history, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(history::chapter)
                .flatMap(List::stream)
                .toList();
    }
}
