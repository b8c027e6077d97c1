package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.EventFeed;
import java.time.Clock;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** One instance of the store on a database, put together as the beans are, without Spring: for trials, benchmarks and tools. */
public final class StoreInstance implements AutoCloseable {

    final String address;
    final Database database;
    final EventRows rows;
    final RecentEvents recent;
    final GroupCommit commits;
    final R2dbcEventStorageEngine engine;
    final DeciderNames names;
    final Snapshots snapshots;
    final AxonCommands commands;
    final StoreNotifications notifications;

    /**
     * Begins to follow the store.
     *
     * @param address {@code postgresql://user:password@host:port/database}
     * @param readers most connections for reading
     * @param writers most connections for writing
     * @param recentEvents how many of the newest events are kept in memory
     * @param cachedEntities for how many states of the usual size there is room between commands; 0 for none, and no snapshots either: every command
     *     reads all that an entity is made of
     */
    public StoreInstance(
            String address,
            List<? extends Decider<?, ?>> deciders,
            Clock clock,
            int readers,
            int writers,
            int recentEvents,
            int cachedEntities) {
        this(address, deciders, clock, readers, writers, recentEvents, cachedEntities, AppendGate.standingOpen());
    }

    /**
     * As the other one.
     *
     * @param gate whether events are taken
     */
    public StoreInstance(
            String address,
            List<? extends Decider<?, ?>> deciders,
            Clock clock,
            int readers,
            int writers,
            int recentEvents,
            int cachedEntities,
            AppendGate gate) {
        this.address = address;
        this.database = new Database(PostgresAddress.parse(address), readers, writers);
        this.rows = new EventRows(database);
        this.recent = new RecentEvents(rows, recentEvents, database::abandon);
        this.commits = new GroupCommit(database, recent, gate);
        this.engine = new R2dbcEventStorageEngine(rows, new EventRows(database.of(Work.PEOPLE)), recent, commits);
        this.names = new DeciderNames(deciders);
        this.snapshots = new Snapshots(database, cachedEntities == 0 ? Integer.MAX_VALUE : Snapshots.EVERY);
        IdempotencyKeys keys = new IdempotencyKeys(database);
        this.commands = new AxonCommands(
                EventStoreConfiguration.Wiring.bus(
                        deciders,
                        EventStoreConfiguration.Wiring.store(engine),
                        recent,
                        EntityCache.ofUsual(cachedEntities),
                        snapshots,
                        clock),
                commits,
                keys,
                names);
        this.notifications =
                new StoreNotifications(database, rows, recent, keys, snapshots, commits, StoreNotifications.LOOK_EVERY);
        notifications.start();
    }

    /** To send commands as the endpoints and automations do. */
    public Commands commands() {
        return commands;
    }

    /** To append and source as Axon does. */
    public EventStorageEngine engine() {
        return engine;
    }

    public EventFeed feed() {
        return new StoredEventFeed(rows, rows, recent);
    }

    /** The events as leaves of the transparency log. */
    public LogLeaves logLeaves() {
        return new LogLeaves(database, commits);
    }

    public LogTiles logTiles() {
        return new LogTiles(database);
    }

    public LogCheckpoints logCheckpoints() {
        return new LogCheckpoints(database);
    }

    public Leadership leadership() {
        return new Leadership(database);
    }

    /** Waits for nothing: who appends last asks for the answer first. */
    @Override
    public void close() {
        notifications.stop();
        database.close();
    }
}
