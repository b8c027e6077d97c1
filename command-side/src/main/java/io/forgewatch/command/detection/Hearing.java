package io.forgewatch.command.detection;

import io.forgewatch.event.telemetry.Heard;

/** What one partition has heard until now ({@link Heard}), and how long somebody has been silent by that. */
final class Hearing {

    private Heard heard = Heard.NOTHING;

    /** Something was read that arrived then. */
    void heard(long arrival) {
        heard = heard.after(arrival);
    }

    /** Whether anything was heard yet. */
    boolean isAny() {
        return heard.now() != 0;
    }

    /** Arrival time of the newest that was heard. */
    long now() {
        return heard.now();
    }

    /** Since when nothing was missed. */
    long from() {
        return heard.from();
    }

    /** For how long somebody has been silent who was last heard then; what was missed is no silence. */
    long silence(long lastHeard) {
        return now() - Math.max(lastHeard, from());
    }
}
