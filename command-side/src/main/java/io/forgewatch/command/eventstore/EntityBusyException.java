package io.forgewatch.command.eventstore;

/** As much waits for one entity as may wait, or it has waited for as long as it may: that says nothing of the store. */
final class EntityBusyException extends StoreBusyException {

    private static final long serialVersionUID = 1L;

    EntityBusyException(String reason) {
        super(reason);
    }
}
