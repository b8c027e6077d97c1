package io.forgewatch.command.detection;

import reactor.core.publisher.Flux;

/** Where signals are read from: small, so that what reads Kafka can be replaced. */
interface SignalLog {

    /** Signals from the first one that was not acknowledged; fails when Kafka does, and may be asked again. */
    Flux<Received> receive();

    /**
     * A signal.
     *
     * @param key the enterprise id
     * @param offset its place in the partition
     * @param acknowledge to be run when it needs not come again
     */
    record Received(byte[] key, byte[] value, int partition, long offset, Runnable acknowledge) {}
}
