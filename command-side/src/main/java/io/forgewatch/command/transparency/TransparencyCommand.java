package io.forgewatch.command.transparency;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.transparency.TransparencyEvent.Departed;
import java.time.Instant;
import java.util.Set;

/** What can be asked of the log. */
public sealed interface TransparencyCommand extends Command {

    String host();

    /**
     * Opens an epoch.
     *
     * @param epoch from 2, higher than that of any checkpoint known
     * @param departed the checkpoint that the store does not extend
     * @param reason 1 to 1,000 characters
     */
    @CommandName("OpenEpoch")
    record OpenEpoch(String host, int epoch, Departed departed, String reason, Instant at)
            implements TransparencyCommand {

        /** A repeat finds another state of the log than the first request. */
        @Override
        public Set<String> incidental() {
            return Set.of("at", "epoch", "departed");
        }

        public OpenEpoch {
            if (epoch < 2) {
                throw new IllegalArgumentException("The first epoch is opened by nobody");
            }
            if (reason.isBlank() || reason.codePointCount(0, reason.length()) > 1_000) {
                throw new IllegalArgumentException("A reason has 1 to 1,000 characters. 原因须为 1 至 1000 个字符。");
            }
        }
    }
}
