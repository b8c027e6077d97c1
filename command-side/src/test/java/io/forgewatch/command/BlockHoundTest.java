package io.forgewatch.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** That nothing blocks an event loop is shown by all other tests only as long as BlockHound watches them: here it must bark. */
class BlockHoundTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void given_a_thread_of_reactor_when_it_waits_for_another_then_that_is_an_error() {
        assertForbidden(Schedulers.parallel(), BlockHoundTest::waitForNobody);
        assertForbidden(Schedulers.single(), BlockHoundTest::waitForNobody);
    }

    @Test
    void given_a_thread_of_reactor_when_it_reads_a_file_then_that_is_an_error() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");

        assertForbidden(Schedulers.parallel(), () -> read(file));
    }

    @Test
    void given_an_event_loop_of_netty_when_it_waits_for_another_then_that_is_an_error() {
        LoopResources loops = LoopResources.create("loops-of-a-test", 1, true);
        try {
            assertForbidden(Schedulers.fromExecutor(loops.onServer(false)), BlockHoundTest::waitForNobody);
        } finally {
            loops.disposeLater().block(PATIENCE);
        }
    }

    private static void assertForbidden(Scheduler where, Callable<Object> blocking) {
        assertThatThrownBy(() -> Mono.fromCallable(blocking).subscribeOn(where).block(PATIENCE))
                .hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    private static Object waitForNobody() throws InterruptedException {
        return new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    }

    private static Object read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }
}
