package io.forgewatch.command.transparency;

import io.forgewatch.web.Problem;
import java.util.List;
import java.util.Map;

/** How the store stands to what its log has published. */
sealed interface LogState {

    /** The newest epoch of the store. */
    int epoch();

    /** It extends what was published: events are appended and sealed. */
    record Extending(int epoch) implements LogState {}

    /**
     * It does not: nothing is appended until a new epoch is opened.
     *
     * @param next the number of that epoch
     * @param claim the checkpoint that it does not extend
     * @param why in English and Chinese
     */
    record Departing(int epoch, int next, Claim claim, String why) implements LogState {

        /** What whoever appends is told: 503 {@code log-departed}. */
        Problem problem() {
            String detail =
                    "The store does not extend the last checkpoint, " + claim.origin() + " of size " + claim.size()
                            + ": " + why + " Find out why; then the ministry opens epoch " + next
                            + ": POST /log/epochs. 存储与最后发布的检查点不一致，暂停写入；查明原因后由部级账号开启第 " + next
                            + " 纪元（POST /log/epochs）。";
            return new Problem(503, "log-departed", detail, List.of(), Map.of("Retry-After", "60"));
        }
    }
}
