package io.forgewatch.stack.trial;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Works that send frames without end, and what became of all of them. */
final class OutageLoad implements AutoCloseable {

    private static final Duration OPENING = Duration.ofSeconds(60);
    private static final int POINTS = 5;

    private final List<PersistentWorks> works;

    private OutageLoad(List<PersistentWorks> works) {
        this.works = List.copyOf(works);
    }

    /**
     * Registers works and lets them send good readings once the door knows them all.
     *
     * @param most for how long they make fresh frames at most
     */
    static OutageLoad begin(
            HttpClient client, TrialStack stack, int count, int framesPerSecond, Duration most, Progress progress)
            throws Exception {
        CommandApi api = CommandApi.signInWhenOpened(client, stack.run().command(), stack.ministry());
        List<TrialWorks> registered = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            registered.add(TrialWorks.register(
                    client, stack.run(), api, number, TrialPoint.KINDS.subList(0, POINTS)));
        }
        for (TrialWorks one : registered) {
            Patience.mustCome("the door to know the trial's works", OPENING, one::isKnown);
        }
        progress.tell(count + " works send " + framesPerSecond + " frames a second each");
        return new OutageLoad(registered.stream()
                .map(one -> new PersistentWorks(one, framesPerSecond, Math.toIntExact(framesPerSecond * most.toSeconds())))
                .toList());
    }

    /** From now on only what waits is sent. */
    void stopFresh() {
        works.forEach(PersistentWorks::stopFresh);
    }

    /** How many frames wait to be sent again. */
    int waiting() {
        return works.stream().mapToInt(PersistentWorks::waiting).sum();
    }

    long refused() {
        return works.stream().mapToLong(PersistentWorks::refused).sum();
    }

    /** Whether every works got a frame taken that was made after a moment. */
    boolean allFreshSince(long moment) {
        return works.stream().allMatch(one -> one.freshTakenAt(moment) != 0);
    }

    /** Nanoseconds from a moment until the last works got a frame taken that was made after it. */
    long slowestFresh(long moment) {
        return works.stream()
                .mapToLong(one -> one.freshTakenAt(moment) - moment)
                .max()
                .orElse(0);
    }

    /** Answers that no gateway should get, such as {@code 3 × 500}; empty where there are none. */
    String strange() {
        Map<Integer, Integer> all = new TreeMap<>();
        works.forEach(one -> one.strange()
                .forEach((Integer status, AtomicInteger count) -> all.merge(status, count.get(), Integer::sum)));
        return all.isEmpty() ? "" : all.toString();
    }

    void mustBeLoggedOnce(LoggedFrames logged, TrialReport.Notes notes) {
        long acknowledged = 0;
        long lost = 0;
        long twice = 0;
        for (PersistentWorks one : works) {
            for (long sequence : one.acknowledged().toArray()) {
                int times = logged.times(one.works().gatewayId(), sequence);
                acknowledged++;
                lost += times == 0 ? 1 : 0;
                twice += times > 1 ? 1 : 0;
            }
        }
        notes.add(
                "every frame that was answered 202 is in the log, once",
                "%,d acknowledged, %d lost, %d twice".formatted(acknowledged, lost, twice),
                acknowledged > 0 && lost == 0 && twice == 0);
    }

    @Override
    public void close() {
        works.forEach(PersistentWorks::close);
    }
}
