package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** One instance of the store on a database, as the beans put it together, without Spring. */
public final class StoreBed implements AutoCloseable {

    private static final AtomicLong ONSETS = new AtomicLong(1_732_440_000_000L);

    final String address;
    final Database database;
    final EventRows rows;
    final RecentEvents recent;
    final GroupCommit commits;
    final R2dbcEventStorageEngine engine;
    final EventStore store;
    final DeciderNames names;
    final AxonCommands commands;
    final StoreNotifications notifications;

    public StoreBed() {
        this(EmbeddedStore.newDatabase());
    }

    public StoreBed(String address) {
        this.address = address;
        this.database = new Database(PostgresAddress.parse(address), 4, 2);
        this.rows = new EventRows(database);
        this.recent = new RecentEvents(rows, 64);
        this.commits = new GroupCommit(database, recent);
        this.engine = new R2dbcEventStorageEngine(rows, recent, commits);
        this.store = EventStoreConfiguration.Wiring.store(engine);
        List<Press.Button> deciders = List.of(new Press.Button());
        this.names = new DeciderNames(deciders);
        IdempotencyKeys keys = new IdempotencyKeys(database);
        this.commands = new AxonCommands(
                EventStoreConfiguration.Wiring.bus(deciders, store, recent, new EntityCache(1_000), Clock.systemUTC()),
                commits,
                keys,
                names);
        this.notifications = new StoreNotifications(database, rows, recent, keys, commits);
        notifications.start();
    }

    public String address() {
        return address;
    }

    public String databaseName() {
        return EmbeddedStore.nameOf(address);
    }

    public Database database() {
        return database;
    }

    public AxonCommands commands() {
        return commands;
    }

    public DeciderNames names() {
        return names;
    }

    public EventFeed feed() {
        return new StoredEventFeed(rows, recent);
    }

    public static AlarmId newButton() {
        return AlarmId.parse("GT370211000101" + "0001.BF_CW_P.LOW." + ONSETS.incrementAndGet());
    }

    @Override
    public void close() {
        notifications.stop();
        database.close();
    }
}
