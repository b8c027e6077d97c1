package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.forgewatch.command.fixture.Broker;
import io.forgewatch.command.fixture.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** That an acknowledged frame is on disk is counted in the kernel's calls: a killed process would not tell. */
class FramesOnDiskTest {

    private static final int FRAMES = 20;

    @TempDir
    Path folder;

    @Test
    void givenFramesOneAfterAnother_whenEachIsAcknowledged_thenThereIsAnFsyncForEach() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/strace")),
                "strace is not installed: fsyncs can't be counted here");
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                Door door = Door.open(broker.bootstrap(), folder.resolve("streams"))) {
            door.send(1, Door.frame(1, System.currentTimeMillis(), 0.42));
            Path calls = folder.resolve("calls");
            Process strace = new ProcessBuilder(
                            "strace",
                            "-f",
                            "-y",
                            "-e",
                            "trace=fsync,fdatasync",
                            "-o",
                            calls.toString(),
                            "-p",
                            String.valueOf(ProcessHandle.current().pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("strace").toFile())
                    .start();
            try {
                Flux.interval(Duration.ofMillis(50))
                        .filter(tick -> !strace.isAlive() || isAttached())
                        .blockFirst(Duration.ofSeconds(30));
                assumeTrue(strace.isAlive(), "strace may not attach here: fsyncs can't be counted");
                long before = fsyncs(calls);
                for (int i = 0; i < FRAMES; i++) {
                    long sequence = 100 + i;
                    assertThat(door.send(sequence, Door.frame(sequence, System.currentTimeMillis(), 0.42))
                                    .statusCode())
                            .isEqualTo(202);
                }
                assertThat(fsyncs(calls) - before).isGreaterThanOrEqualTo(FRAMES);
            } finally {
                strace.destroy();
                strace.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private boolean isAttached() {
        try {
            return Files.readString(folder.resolve("strace")).contains("attached");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the topic's segments, begun and ended ones; a call that was interrupted by another thread's has two lines. */
    private static long fsyncs(Path calls) throws IOException {
        try (var lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains("sync(") && line.contains("/forgewatch.telemetry-"))
                    .filter(line -> line.contains(".log"))
                    .count();
        }
    }
}
