package io.forgewatch.command.eventstore;

/**
 * For whom the store is read. Each has connections of its own, so that none waits behind another: an alarm least of all behind
 * somebody who looks back.
 */
enum Work {
    /** Alarms, signals, automations, due dates, the relay: whatever goes on by itself. */
    PRESENT,
    /** What people have decided: their commands and the answers under their keys. */
    PEOPLE,
    /** Where somebody is known who signs in: anybody at all may ask, with no password yet. */
    SIGN_IN,
    /** Audit, histories, stories, exports, proofs and tiles. */
    LOOKING_BACK;

    private static final String ACCOUNT = "account/";

    /** @param actor {@code kind/id}, or anything that begins with it */
    static Work of(String actor) {
        return actor.startsWith(ACCOUNT) ? PEOPLE : PRESENT;
    }
}
