package io.forgewatch.command.eventstore;

import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;

/** Axon's own suite for storage engines, on a real PostgreSQL. */
@Timeout(60)
class AxonContractTest extends StorageEngineTestSuite<R2dbcEventStorageEngine> {

    private final Database database = new Database(PostgresAddress.parse(EmbeddedStore.newDatabase()), 4, 2);

    @Override
    protected R2dbcEventStorageEngine buildStorageEngine() {
        EventRows rows = new EventRows(database);
        RecentEvents recent = new RecentEvents(rows, 1_024, back -> {});
        return new R2dbcEventStorageEngine(rows, recent, new GroupCommit(database, recent, AppendGate.standingOpen()));
    }

    @Override
    protected ProcessingContext processingContext() {
        return null;
    }

    @AfterAll
    void close() {
        database.close();
    }
}
