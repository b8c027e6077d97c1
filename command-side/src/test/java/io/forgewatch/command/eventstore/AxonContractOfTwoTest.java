package io.forgewatch.command.eventstore;

import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;

/** Axon's own suite on two engines on one real PostgreSQL: one appends, the other reads. */
@Timeout(60)
class AxonContractOfTwoTest extends StorageEngineTestSuite<TwoEngines> {

    private final StoreBed here = new StoreBed();
    private final StoreBed there = new StoreBed(here.address());

    @Override
    protected TwoEngines buildStorageEngine() {
        return new TwoEngines(() -> here.engine, () -> there.engine);
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
