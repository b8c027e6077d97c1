package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One instance of the store on a database of the tests, with a button as its only entity. */
public final class StoreBed implements AutoCloseable {

    private static final AtomicLong ONSETS = new AtomicLong(1_732_440_000_000L);

    final String address;
    final Database database;
    final EventRows rows;
    final RecentEvents recent;
    final GroupCommit commits;
    final R2dbcEventStorageEngine engine;
    final DeciderNames names;
    final AxonCommands commands;
    private final StoreInstance instance;

    public StoreBed() {
        this(EmbeddedStore.newDatabase());
    }

    public StoreBed(String address) {
        this.address = address;
        this.instance = new StoreInstance(address, List.of(new Press.Button()), Clock.systemUTC(), 4, 2, 64, 1_000);
        this.database = instance.database;
        this.rows = instance.rows;
        this.recent = instance.recent;
        this.commits = instance.commits;
        this.engine = instance.engine;
        this.names = instance.names;
        this.commands = instance.commands;
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

    boolean knowsSnapshot(String entity) {
        return instance.snapshots.has(entity);
    }

    public EventFeed feed() {
        return instance.feed();
    }

    public static AlarmId newButton() {
        return AlarmId.parse("GT370211000101" + "0001.BF_CW_P.LOW." + ONSETS.incrementAndGet());
    }

    @Override
    public void close() {
        instance.close();
    }
}
