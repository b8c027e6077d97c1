package io.forgewatch.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Who brings a view forward neither does the work of those who waited for it, nor waits for others who do the same. */
class ProgressTest {

    private static final ViewName VIEW = new ViewName("counts", 1);
    private static final Generation GENERATION = Generation.first(VIEW);

    private final Progress progress = new Progress();

    @Test
    void given_requests_that_wait_for_a_position_when_it_is_reached_then_they_go_on_elsewhere() {
        progress.serve(Served.first(GENERATION));
        progress.advance(GENERATION, 1);
        List<String> threads = new CopyOnWriteArrayList<>();
        CountDownLatch gone = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            progress.await(VIEW, 2).subscribe(none -> {}, failure -> {}, () -> {
                threads.add(Thread.currentThread().getName());
                gone.countDown();
            });
        }

        progress.advance(GENERATION, 2);

        assertThat(await(gone)).isTrue();
        assertThat(threads).hasSize(3).doesNotContain(Thread.currentThread().getName());
    }

    @Test
    void given_one_that_is_telling_when_another_reports_then_it_does_not_wait_and_what_it_said_is_told()
            throws Exception {
        progress.serve(Served.first(GENERATION));
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        AtomicInteger moves = new AtomicInteger();
        AtomicBoolean released = new AtomicBoolean();
        Disposable listening = progress.moves().subscribe(move -> {
            if (moves.incrementAndGet() == 1) {
                telling.countDown();
                released.set(await(told));
            }
        });
        Thread slow = Thread.ofVirtual().start(() -> progress.advance(GENERATION, 1));
        assertThat(await(telling)).isTrue();

        // On the old code this thread would spin until the other is done, which waits for this one.
        progress.advance(GENERATION, 2);
        told.countDown();
        slow.join(Duration.ofSeconds(20));

        assertThat(released).isTrue();
        assertThat(moves).hasValue(2);
        assertThat(progress.of(VIEW)).isEqualTo(2);
        listening.dispose();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
