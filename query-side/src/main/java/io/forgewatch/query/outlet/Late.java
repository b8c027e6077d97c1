package io.forgewatch.query.outlet;

import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Progress;

/**
 * What comes too late to be told in its turn: an enterprise was parked by the generation that people are told from, and another one
 * that takes in its events adds its entries behind what was told.
 *
 * @param build the generation that adds them
 * @param upTo the position up to which the other one has told; 0 when it is the one itself
 */
public record Late(int build, long upTo) {

    public static final Late NEVER = new Late(0, 0);

    /** For entries that this generation is about to store. */
    public static Late of(Generation generation, Progress progress) {
        return progress.serving(generation.view())
                .filter(serving -> !serving.equals(generation))
                .map(serving -> new Late(generation.build(), progress.of(serving)))
                .orElse(NEVER);
    }
}
