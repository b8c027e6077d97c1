package io.forgewatch.event.warning;

import java.time.Instant;

/**
 * Since which demand one thing (signature, first answer, disposal) is owed, or was when it was given.
 *
 * @param demand number of the oldest demand for which it is missing
 * @param since when that one was issued
 * @param due the earliest deadline that was told for it; one that is over stays recorded as missed
 */
public record Owed(int demand, Instant since, Instant due) {

    /** As a further demand finds it. */
    Owed after(boolean missing, int number, Instant at, Instant deadline) {
        return missing
                ? new Owed(demand, since, due.isBefore(deadline) ? due : deadline)
                : new Owed(number, at, deadline);
    }
}
