package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that is stopped or fails leaves no {@code run.json}: it would name a stack that does not run. */
@Timeout(300)
class StoppedStartTest {

    private static final String ALMOST_UP = "All but one are up";

    @TempDir
    Path home;

    /** A stack whose last side comes up only once the process is told to end. */
    static final class LastMoment {
        public static void main(String[] arguments) throws Exception {
            start(arguments, LastMoment::comeUp);
        }

        static AutoCloseable comeUp(Map<String, Object> properties) {
            System.out.println(ALMOST_UP);
            try {
                Await.until("the process is being ended", Duration.ofMinutes(2), LastMoment::ends);
            } catch (Exception neverEnded) {
                throw new IllegalStateException(neverEnded);
            }
            return () -> {};
        }

        private static boolean ends() {
            Thread hook = new Thread(() -> {});
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                Runtime.getRuntime().removeShutdownHook(hook);
                return false;
            } catch (IllegalStateException ending) {
                return true;
            }
        }
    }

    /** A stack one side of which does not start. */
    static final class Failing {
        public static void main(String[] arguments) throws Exception {
            start(arguments, properties -> {
                throw new IllegalStateException("this side does not start");
            });
        }
    }

    /** As {@link LastMoment}, for a moment and in a folder of its own. */
    static final class InPassing {
        public static void main(String[] arguments) throws Exception {
            TemporaryStack.start(
                            StackOptions.parse(Arrays.asList(arguments), Map.of()),
                            new Sides(properties -> () -> {}, LastMoment::comeUp),
                            Optional.empty(),
                            new Progress(System.out))
                    .close();
        }
    }

    private static void start(String[] arguments, Side query) throws Exception {
        LocalStack.start(
                StackOptions.parse(Arrays.asList(arguments), Map.of()),
                new Sides(properties -> () -> {}, query),
                Optional.empty(),
                new Progress(System.out));
    }

    private Path runFile() {
        return home.resolve("run.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void given_a_start_when_it_is_stopped_while_its_last_part_comes_up_then_nothing_names_it(String signal)
            throws Exception {
        StackProcess starting = StackProcess.start(LastMoment.class, home, StackProcess.freePorts());
        starting.awaitLine(ALMOST_UP);

        starting.stop(signal);

        assertThat(starting.output()).contains("Stores stopped").doesNotContain("the process is being ended");
        assertThat(runFile()).doesNotExist();
    }

    @Test
    void given_a_side_that_does_not_start_when_the_start_fails_then_nothing_names_it() throws Exception {
        StackProcess failing = StackProcess.start(Failing.class, home, StackProcess.freePorts());

        assertThat(failing.awaitEnd()).isNotZero();

        assertThat(failing.output()).contains("this side does not start", "Stores stopped");
        assertThat(runFile()).doesNotExist();
    }

    @Test
    void given_a_stack_for_a_moment_when_its_start_is_stopped_then_nothing_of_its_folder_remains() throws Exception {
        StackProcess starting = StackProcess.start(InPassing.class, home, StackProcess.freePorts());
        starting.awaitLine(ALMOST_UP);

        starting.stop("INT");

        try (Stream<Path> left = Files.list(home)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("temporary")))
                    .isEmpty();
        }
    }
}
