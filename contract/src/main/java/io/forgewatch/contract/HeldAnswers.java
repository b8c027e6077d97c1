package io.forgewatch.contract;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a class of tests in whose time a side answered otherwise than its contract says. It is on every test by being on the class
 * path; nothing has to ask for it.
 */
public final class HeldAnswers implements AfterAllCallback {

    /** Reading the contracts the first time takes seconds on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public HeldAnswers() {
        Answers.OF_THIS_JVM.watch();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        List<String> faults = Answers.OF_THIS_JVM.faults(PATIENCE);
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    "What was answered is not what openapi/ says (if openapi/ is old: ./forgewatch openapi):\n"
                            + String.join("\n", faults));
        }
    }
}
