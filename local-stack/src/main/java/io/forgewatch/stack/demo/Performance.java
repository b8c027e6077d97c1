package io.forgewatch.stack.demo;

import io.forgewatch.stack.Demonstration;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A play under way: each works in a virtual thread of its own, which may wait for its answers. */
final class Performance implements Demonstration.Play {

    private static final Duration DOORS_OPEN = Duration.ofSeconds(60);
    private static final long KNOCK_MILLIS = 250;

    private final HttpClient client;
    private final List<PlayedWorks> works;
    private final Map<String, RunFile.Account> accounts;
    private final List<RunFile.Gateway> gateways;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Performance(
            HttpClient client,
            List<PlayedWorks> works,
            Map<String, RunFile.Account> accounts,
            List<RunFile.Gateway> gateways) {
        this.client = client;
        this.works = List.copyOf(works);
        this.accounts = accounts;
        this.gateways = List.copyOf(gateways);
    }

    /** Waits until the door knows every point, then begins. */
    void start() throws InterruptedException {
        for (PlayedWorks one : works) {
            open(one);
        }
        long began = System.currentTimeMillis();
        works.forEach(one -> Thread.ofVirtual().name("demonstration").start(() -> play(one, began)));
    }

    @Override
    public Map<String, RunFile.Account> accounts() {
        return accounts;
    }

    @Override
    public List<RunFile.Gateway> gateways() {
        return gateways;
    }

    /** Nothing is sent afterwards. */
    @Override
    public void close() {
        stopped.countDown();
        client.shutdownNow();
    }

    private void open(PlayedWorks one) throws InterruptedException {
        long deadline = System.nanoTime() + DOORS_OPEN.toNanos();
        String reason = "not every point is known there";
        while (System.nanoTime() < deadline) {
            try {
                if (one.open()) {
                    return;
                }
            } catch (IOException unanswered) {
                reason = String.valueOf(unanswered.getMessage());
            }
            if (stopped.await(KNOCK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        throw new StackException("The command side does not take the demonstration's readings: " + reason);
    }

    private void play(PlayedWorks one, long began) {
        long second = 1;
        try {
            while (!stopped.await(began + second * 1000 - System.currentTimeMillis(), TimeUnit.MILLISECONDS)) {
                one.playTo(began, second);
                second = Math.max(second + 1, (System.currentTimeMillis() - began) / 1000);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
