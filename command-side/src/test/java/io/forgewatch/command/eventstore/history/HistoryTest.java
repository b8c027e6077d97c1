package io.forgewatch.command.eventstore.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.eventstore.history.History.Acknowledged;
import io.forgewatch.command.eventstore.history.History.Begun;
import io.forgewatch.command.eventstore.history.History.Reading;
import io.forgewatch.command.eventstore.history.History.Stored;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Two instances append and are killed with SIGKILL at random, each time followed by a new one, while others read; the trial only
 * writes down what happens, and {@link HistoryJudge} judges it.
 */
class HistoryTest {

    private static final int KILLS = 8;
    private static final int READERS = 2;
    private static final int BETWEEN_KILLS = 60;

    private final StoreBed bed = new StoreBed();
    private final List<Begun> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<Acknowledged> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Process> processes = new ArrayList<>();
    private int started;

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        bed.close();
    }

    @Test
    void
            given_two_instances_killed_at_random_while_they_append_when_judged_then_no_acknowledged_append_is_lost_and_no_reader_skips()
                    throws Exception {
        List<String> buttons =
                Stream.generate(() -> StoreBed.newButton().toString()).limit(4).toList();
        List<List<Stored>> seen = new ArrayList<>();
        List<Disposable> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            List<Stored> mine = Collections.synchronizedList(new ArrayList<>());
            seen.add(mine);
            readers.add(bed.feed().after(0).subscribe(event -> mine.add(stored(event))));
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Process> running = new ArrayList<>(List.of(appender(buttons), appender(buttons)));

        for (int kill = 0; kill < KILLS; kill++) {
            int enough = acknowledged.size() + 1 + random.nextInt(BETWEEN_KILLS);
            until(() -> acknowledged.size() >= enough);
            int victim = random.nextInt(2);
            killed(running.get(victim));
            running.set(victim, appender(buttons));
        }
        int enough = acknowledged.size() + BETWEEN_KILLS;
        until(() -> acknowledged.size() >= enough);
        for (Process last : running) {
            killed(last);
        }

        List<Stored> stored = stored();
        until(() -> seen.stream().allMatch(mine -> mine.size() >= stored.size()));
        readers.forEach(Disposable::dispose);
        List<Reading> readings = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            readings.add(new Reading("reader " + reader, List.copyOf(seen.get(reader))));
        }
        readings.add(new Reading("a reader from the start", stored));
        assertThat(HistoryJudge.faults(new History(List.copyOf(begun), List.copyOf(acknowledged), stored, readings)))
                .as("seed %d, %d appends acknowledged of %d tried", seed, acknowledged.size(), begun.size())
                .isEmpty();
    }

    /** What is on its way into the database when its client dies can still arrive: the head must have come to rest. */
    private List<Stored> stored() {
        List<Stored> before = List.of();
        for (List<Stored> now = all(); !now.equals(before); now = all()) {
            before = now;
        }
        return before;
    }

    private List<Stored> all() {
        long head = bed.feed().head().blockOptional(Duration.ofSeconds(20)).orElseThrow();
        return bed.feed()
                .after(0)
                .take(head)
                .map(HistoryTest::stored)
                .collectList()
                .blockOptional(Duration.ofSeconds(60))
                .orElseThrow();
    }

    private static Stored stored(RecordedEvent event) {
        return new Stored(event.position(), ((AlarmAcknowledged) event.event()).by());
    }

    private Process appender(List<String> buttons) throws IOException {
        started++;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Appender.class.getName(),
                bed.address(),
                "instance" + started));
        command.addAll(buttons);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        Thread.ofVirtual().start(() -> listen(process.inputReader()));
        return process;
    }

    private void listen(BufferedReader output) {
        output.lines().map(line -> line.split(" ", -1)).forEach(said -> {
            if (said[0].equals("begun") && said.length == 3) {
                begun.add(new Begun(said[2], Long.parseLong(said[1])));
            } else if (said[0].equals("acknowledged") && said.length == 4) {
                acknowledged.add(new Acknowledged(said[2], Long.parseLong(said[3]), Long.parseLong(said[1])));
            }
        });
    }

    private static void killed(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void until(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(20))
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(Duration.ofSeconds(60));
    }
}
