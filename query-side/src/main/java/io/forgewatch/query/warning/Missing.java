package io.forgewatch.query.warning;

import io.forgewatch.event.warning.WarningProgress;
import java.util.ArrayList;
import java.util.List;

/** What the closing of a warning waits for (dossier §5 "Closing"). */
public enum Missing {
    /** 签收. */
    SIGNATURE,
    /** 反馈: an answer to the newest demand that was not sent back. */
    FEEDBACK,
    /** 反馈通过: orange and red. */
    ACCEPTANCE,
    /** 核查: orange and red. */
    VERIFICATION,
    /** 要求: what was told makes a demand soon. */
    DEMAND,
    /** 报警消除、风险回落: of any warning that is open; it closes by itself when nothing else is missing and these are there. */
    ALARMS_AND_RISK;

    static List<Missing> of(WarningProgress progress, boolean demands) {
        List<Missing> missing = new ArrayList<>();
        if (progress.closed()) {
            return missing;
        }
        if (!progress.demand().signed()) {
            missing.add(SIGNATURE);
        }
        if (!progress.isAnswered()) {
            missing.add(FEEDBACK);
        }
        if (progress.demand().needsVerification()) {
            if (!progress.demand().isAccepted()) {
                missing.add(ACCEPTANCE);
            }
            if (!progress.demand().verified()) {
                missing.add(VERIFICATION);
            }
        }
        if (demands) {
            missing.add(DEMAND);
        }
        missing.add(ALARMS_AND_RISK);
        return missing;
    }
}
