package io.forgewatch.command.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * How an automation stands, as far as this instance knows.
 *
 * @param here whether this instance runs it
 * @param position up to which all events are handled; of what runs elsewhere, as it was stored last
 * @param lag how many events are stored after that
 * @param standstill that this instance found, or null while it goes on, here or elsewhere
 */
record AutomationReport(
        String name,
        boolean here,
        long position,
        long lag,
        @Nullable Standstill standstill) {

    boolean standsStill() {
        return standstill != null && standstill.isLasting();
    }

    /** How often it has failed where it stands. */
    int attempts() {
        return standstill == null ? 0 : standstill.attempts();
    }
}
