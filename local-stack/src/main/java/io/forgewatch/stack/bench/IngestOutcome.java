package io.forgewatch.stack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a rate went that was offered for a while.
 *
 * @param offered readings a second
 * @param measured what the loader says of the time in which it was offered
 * @param lagAtEnd frames that detection had not committed when the load ended
 * @param caughtUpSeconds after the load's end, until detection had committed all; not a number when it never had
 */
record IngestOutcome(double offered, LoadPhase measured, long lagAtEnd, double caughtUpSeconds) {

    private static final double ENOUGH = 0.99;
    private static final double MOST_LAG_SECONDS = 2;

    /** Whether the rate was held: taken in full, nothing refused, and evaluated as fast as it came. */
    boolean held() {
        return shortcomings().isEmpty();
    }

    /** Why it was not held, in words; empty when it was. */
    List<String> shortcomings() {
        List<String> found = new ArrayList<>();
        if (!(measured.rate() >= offered * ENOUGH)) {
            found.add(text("%,.0f of %,.0f readings/s accepted", measured.rate(), offered));
        }
        if (measured.failed() > 0) {
            found.add(text("%,d readings in frames that were refused or lost", measured.failed()));
        }
        double mostLag = MOST_LAG_SECONDS + DetectionLag.COMMIT_SECONDS;
        if (lagSeconds() > mostLag) {
            found.add(text("detection %.1f s behind at the end, %.0f are allowed", lagSeconds(), mostLag));
        }
        // NaN, which is "never", fails too.
        if (!(caughtUpSeconds <= mostLag + MOST_LAG_SECONDS)) {
            found.add(text("detection had evaluated all only after %.1f s", caughtUpSeconds));
        }
        return List.copyOf(found);
    }

    /** What detection had not committed at the end, in seconds of load. */
    double lagSeconds() {
        return lagAtEnd * (double) BenchSize.FRAME / offered;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
