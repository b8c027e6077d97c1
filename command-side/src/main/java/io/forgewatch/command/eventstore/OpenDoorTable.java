package io.forgewatch.command.eventstore;

import reactor.core.publisher.Mono;

/**
 * Which instances have an open door, for those whose own does not open: each row is good for some seconds by the database's clock. Not
 * events: nothing is decided on it but whether an instance is ready. Fails with the database, within seconds.
 */
public interface OpenDoorTable {

    /** The door of this instance is open, and Kafka confirms what goes through it. */
    Mono<Void> isOpen(InstanceId instance);

    /** Whether that of another one than this was lately. */
    Mono<Boolean> isOpenElsewhere(InstanceId instance);
}
