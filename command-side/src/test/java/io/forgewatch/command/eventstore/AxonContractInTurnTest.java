package io.forgewatch.command.eventstore;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;

/** Axon's own suite on two engines on one real PostgreSQL: they append in turn, so that each conflict is one between the two. */
@Timeout(60)
class AxonContractInTurnTest extends StorageEngineTestSuite<TwoEngines> {

    private final StoreBed here = new StoreBed();
    private final StoreBed there = new StoreBed(here.address());

    @Override
    protected TwoEngines buildStorageEngine() {
        return new TwoEngines(inTurn(), inTurn());
    }

    private Supplier<EventStorageEngine> inTurn() {
        AtomicInteger turns = new AtomicInteger();
        return () -> turns.getAndIncrement() % 2 == 0 ? here.engine : there.engine;
    }

    @Override
    protected ProcessingContext processingContext() {
        return null;
    }

    @AfterAll
    void close() {
        here.close();
        there.close();
    }
}
