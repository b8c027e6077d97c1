package io.forgewatch.command.transparency;

import io.forgewatch.event.transparency.TransparencyEvent.Departed;

/**
 * What a published checkpoint says, and whether it is to be believed.
 *
 * @param epoch whose it is
 * @param origin empty when it cannot be read
 * @param root Base64; empty when it cannot be read
 * @param ours whether both of this log's keys signed it
 */
record Claim(int epoch, String origin, long size, String root, boolean ours) {

    Departed departed() {
        return new Departed(origin, size, root);
    }
}
