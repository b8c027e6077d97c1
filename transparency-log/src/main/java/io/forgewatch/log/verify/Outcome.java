package io.forgewatch.log.verify;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.VerifierKey;
import java.util.List;

/** What a check came to. */
public sealed interface Outcome {

    /**
     * All of it holds.
     *
     * @param checkpoint what it was held against
     * @param by the trusted keys that signed that
     * @param checked how many events were looked at; those over the checkpoint's size are in order by themselves
     * @param warnings what is odd and not the store's fault
     */
    record Holds(Checkpoint checkpoint, List<VerifierKey> by, long checked, List<Told> warnings) implements Outcome {}

    /** Something does not. */
    record DoesNotHold(Finding finding, List<Told> warnings) implements Outcome {}
}
