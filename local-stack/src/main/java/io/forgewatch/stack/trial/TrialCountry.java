package io.forgewatch.stack.trial;

import io.forgewatch.event.equipment.Severity;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The works of a trial, each sending a frame a second. Half of the points are in the first works, one behind another, and each
 * other one in a works of its own, beside each other.
 */
final class TrialCountry implements AutoCloseable {

    private static final Duration OPENING = Duration.ofSeconds(60);

    private final HttpClient client;
    private final List<TrialWorks> works;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Health health = Health.GOOD;
    private volatile @Nullable RuntimeException failure;

    private TrialCountry(HttpClient client, List<TrialWorks> works) {
        this.client = client;
        this.works = List.copyOf(works);
    }

    /** How all points are. */
    enum Health {
        GOOD,
        BROKEN,
        SILENT
    }

    /**
     * Registers works with so many points in all, waits until the door knows them, and begins with good readings.
     *
     * @param kinds of points, given out in turn
     */
    static TrialCountry register(TrialStack stack, int points, List<TrialPoint> kinds, Progress progress)
            throws Exception {
        HttpClient client = client();
        CommandApi api = CommandApi.signInWhenOpened(client, stack.run().command(), stack.ministry());
        int first = (points + 1) / 2;
        List<TrialWorks> works = new ArrayList<>();
        works.add(TrialWorks.register(
                client,
                stack.run(),
                api,
                1,
                Stream.iterate(0, n -> n + 1)
                        .limit(first)
                        .map(n -> kinds.get(n % kinds.size()))
                        .toList()));
        for (int n = first; n < points; n++) {
            works.add(
                    TrialWorks.register(client, stack.run(), api, n - first + 2, List.of(kinds.get(n % kinds.size()))));
        }
        progress.tell("Registered " + works.size() + " works with " + points + " points");
        return playing(client, works);
    }

    /**
     * Registers works with one point each and begins as {@link #register} does.
     *
     * @param first number of the first of them
     */
    static TrialCountry apart(RunFile run, CommandApi api, int first, int count, TrialPoint kind) throws Exception {
        HttpClient client = client();
        List<TrialWorks> works = new ArrayList<>();
        for (int number = first; number < first + count; number++) {
            works.add(TrialWorks.register(client, run, api, number, List.of(kind)));
        }
        return playing(client, works);
    }

    private static TrialCountry playing(HttpClient client, List<TrialWorks> works) throws Exception {
        TrialCountry country = new TrialCountry(client, works);
        country.mustBeKnown();
        works.forEach(one -> Thread.ofVirtual().name("trial-works").start(() -> country.play(one)));
        return country;
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * Sends good readings until the door takes them all.
     *
     * @throws StackException when it does not
     */
    void mustBeKnown() throws Exception {
        for (TrialWorks one : works) {
            Patience.mustCome("the door to know the trial's works", OPENING, one::isKnown);
        }
    }

    void become(Health next) {
        health = next;
    }

    /** While all are silent: one good reading of every point. */
    void oneGoodReading() throws InterruptedException {
        for (TrialWorks one : works) {
            // After what is still on its way.
            synchronized (one) {
                one.beat(false);
            }
        }
    }

    /** The ids of its works. */
    Set<String> enterprises() {
        return works.stream().map(TrialWorks::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Device and indicator of every point. */
    Set<String> points() {
        return points(Set.of(Severity.values()));
    }

    /** Of those of severity B and C: an alarm that stood at the inner limit clears by itself a minute after its return. */
    Set<String> soonCleared() {
        return points(Set.of(Severity.B, Severity.C));
    }

    private Set<String> points(Set<Severity> of) {
        return works.stream()
                .flatMap(one -> one.points().stream())
                .filter(point -> of.contains(point.kind().severity()))
                .map(TrialWorks.Point::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Frames that were not taken until now. */
    long lostFrames() {
        return works.stream().mapToLong(TrialWorks::lost).sum();
    }

    /** @throws StackException when the readings themselves went wrong */
    void mustPlay() {
        RuntimeException broken = failure;
        if (broken != null) {
            throw new StackException("The trial's readings ended: " + broken.getMessage(), broken);
        }
    }

    private void play(TrialWorks one) {
        try {
            while (!ended.await(1, TimeUnit.SECONDS)) {
                synchronized (one) {
                    Health now = health;
                    if (now != Health.SILENT) {
                        one.beat(now == Health.BROKEN);
                    }
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            failure = broken;
        }
    }

    @Override
    public void close() {
        ended.countDown();
        client.shutdownNow();
    }
}
