package io.forgewatch.command.transparency;

import reactor.core.publisher.Mono;

/** A way by which checkpoints leave this system, beside HTTP. Each may come more than once; sizes of an epoch don't fall. */
public interface CheckpointOutlet {

    /** For logs. */
    String name();

    /** Completes when the checkpoint is where others can read it. */
    Mono<Void> publish(SignedCheckpoint checkpoint);
}
