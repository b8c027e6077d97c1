package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.command.transparency.LogEpochs;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.EventType;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        this(address, AppendGate.standingOpen());
    }

    public StoreBed(String address, AppendGate gate) {
        this.address = address;
        this.instance = new StoreInstance(
                address, List.of(new Press.Button(), new LogEpochs()), Clock.systemUTC(), 4, 2, 64, 1_000, gate);
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

    public EventRows rows() {
        return rows;
    }

    public RecentEvents recent() {
        return recent;
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

    public EventArchive archive() {
        return StoredEventArchive.on(database);
    }

    public UnendedEvents unended() {
        return new StoredUnendedEvents(database);
    }

    public SelectedEvents selected() {
        return new StoredSelectedEvents(database);
    }

    /** Appends events that nobody decided on, in one go; positions are given by the store. */
    public void given(List<RecordedEvent> events) {
        CompletableFuture<Append.Outcome> done = new CompletableFuture<>();
        commits.submit(new Append(events.stream().map(StoreBed::stored).toList(), null, 0, null, done));
        assertThat(done.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Append.Outcome.Appended.class);
    }

    private static StoredEvent stored(RecordedEvent recorded) {
        EventType type = EventTypes.of(recorded.event());
        return new StoredEvent(
                0,
                recorded.id(),
                type.name(),
                Integer.toString(type.version()),
                recorded.at(),
                Map.of(StoredEvent.ACTOR, recorded.actor().wire()),
                Selections.tags(recorded.event()),
                EventJson.payload(recorded.event()));
    }

    public LogLeaves leaves() {
        return new LogLeaves(database, commits);
    }

    public LogTiles tiles() {
        return new LogTiles(database);
    }

    public LogCheckpoints checkpoints() {
        return new LogCheckpoints(database);
    }

    /** From now on whatever is decided on a button is overtaken: the store knows of a later event that nobody can read. */
    public void contended(AlarmId button) {
        EmbeddedStore.execute(
                databaseName(),
                "insert into event_tags (tag, position, name) values ('alarm=" + button
                        + "', 9000000000000000000, 'AlarmAcknowledged')");
    }

    public void uncontended(AlarmId button) {
        EmbeddedStore.execute(
                databaseName(),
                "delete from event_tags where tag = 'alarm=" + button + "' and position = 9000000000000000000");
    }

    public static AlarmId newButton() {
        return AlarmId.FORM.parse("GT370211000101" + "0001.BF_CW_P.LOW." + ONSETS.incrementAndGet());
    }

    @Override
    public void close() {
        instance.close();
    }
}
