package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.LogCheckpoints.StoredCheckpoint;

/**
 * A checkpoint that is stored and may be shown.
 *
 * @param origin its first line, {@code <host>/log/<epoch>}
 * @param size of its tree, in events
 * @param note the signed note's text, with both signatures
 */
public record SignedCheckpoint(String origin, int epoch, long size, String note) {

    static SignedCheckpoint of(String origin, StoredCheckpoint stored) {
        return new SignedCheckpoint(origin, stored.epoch(), stored.size(), stored.note());
    }
}
