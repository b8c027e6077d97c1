package io.forgewatch.stack.trial;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a trial as {@code ./forgewatch trial} does, in a folder of the test's. */
final class ShortTrial {

    private ShortTrial() {}

    /**
     * Makes it.
     *
     * @param trial its name and its settings
     * @return 0 when all held
     */
    static int run(Path home, List<String> trial) {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        StackOptions beside = new StackOptions(
                home, Path.of("target", "postgres").toAbsolutePath(), Map.of(), false, false, Optional.empty());
        try {
            return TrialRun.of(trial, beside, new Progress(System.out));
        } catch (Exception failure) {
            throw new IllegalStateException(String.join(" ", trial), failure);
        }
    }
}
