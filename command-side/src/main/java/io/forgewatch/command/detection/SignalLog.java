package io.forgewatch.command.detection;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where signals are read from: small, so that what reads Kafka can be replaced. */
interface SignalLog {

    /** Signals from the first one that was not acknowledged; fails when Kafka does, and may be asked again. */
    Flux<Received> receive();

    /**
     * Sends a signal once more, to the end of the topic; completes when it is on disk there.
     *
     * @param rounds in how many it could not be done
     */
    Mono<Void> again(Received signal, int rounds);

    /**
     * A signal.
     *
     * @param key the enterprise id
     * @param rounds in how many it could not be done before it was sent again; 0 as detection said it
     * @param acknowledge to be run when it needs not come again
     */
    record Received(byte[] key, byte[] value, int rounds, Runnable acknowledge) {}
}
