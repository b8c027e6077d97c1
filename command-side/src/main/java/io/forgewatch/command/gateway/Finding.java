package io.forgewatch.command.gateway;

/** What frames show of a gateway's clock, or of its lag. */
enum Finding {
    /** Not enough to say anything. */
    OPEN,
    AMISS,
    /** For a whole minute nothing was amiss. */
    WELL
}
