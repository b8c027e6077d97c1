package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.event.DomainEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.StorageEngineBackedEventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Axon and the store, put together by hand: Axon 5's extension for Spring is not used. */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    @Bean
    Database database(
            @Value("${forgewatch.postgres.url}") String url,
            @Value("${forgewatch.postgres.readers:6}") int readers,
            @Value("${forgewatch.postgres.readers-of-people:4}") int people,
            @Value("${forgewatch.postgres.readers-looking-back:4}") int lookingBack,
            @Value("${forgewatch.postgres.writers:4}") int writers) {
        return new Database(PostgresAddress.parse(url), new PoolSizes(readers, people, lookingBack, writers));
    }

    /** By default a database beside the events'; better one of another server, with backups of its own. */
    @Bean
    PersonalKeyTable personalKeyTable(
            @Value("${forgewatch.postgres.url}") String url,
            @Value("${forgewatch.personal.postgres.url:}") String keysUrl) {
        PostgresAddress events = PostgresAddress.parse(url);
        PostgresAddress keys =
                keysUrl.isBlank() ? events.beside(events.database() + "_keys") : PostgresAddress.parse(keysUrl);
        return new PersonalKeyRows(Database.ofPersonalKeys(keys, events));
    }

    @Bean
    SignInNetworkTable signInNetworkTable(Database database) {
        return new SignInNetworkRows(database);
    }

    @Bean
    OpenDoorTable openDoorTable(Database database) {
        return new OpenDoorRows(database);
    }

    @Bean
    EventRows eventRows(Database database) {
        return new EventRows(database);
    }

    @Bean
    RecentEvents recentEvents(
            EventRows rows, Database database, @Value("${forgewatch.axon.recent-events:8192}") int capacity) {
        return new RecentEvents(rows, capacity, database::abandon);
    }

    @Bean
    AppendGate appendGate() {
        return new AppendGate();
    }

    @Bean
    StoreBlame storeBlame(EventRows rows, AppendGate gate, Database database) {
        return new StoreBlame(rows, gate, database);
    }

    @Bean
    GroupCommit groupCommit(Database database, RecentEvents recent, AppendGate gate) {
        return new GroupCommit(database, recent, gate);
    }

    @Bean
    EventStorageEngine eventStorageEngine(Database database, EventRows rows, RecentEvents recent, GroupCommit commits) {
        return new R2dbcEventStorageEngine(rows, new EventRows(database.of(Work.PEOPLE)), recent, commits);
    }

    @Bean
    EventStore eventStore(EventStorageEngine engine) {
        return Wiring.store(engine);
    }

    @Bean
    DeciderNames deciderNames(ObjectProvider<Decider<?, ?>> deciders) {
        return new DeciderNames(deciders.orderedStream().toList());
    }

    @Bean
    CommandBus commandBus(
            ObjectProvider<Decider<?, ?>> deciders,
            EventStore store,
            RecentEvents recent,
            EntityCache cache,
            Snapshots snapshots,
            ReadAhead ahead,
            Clock clock) {
        return Wiring.bus(deciders.orderedStream().toList(), store, recent, cache, snapshots, ahead, clock);
    }

    @Bean
    EntityCache entityCache(@Value("${forgewatch.axon.cached-bytes:134217728}") long cachedBytes) {
        return new EntityCache(cachedBytes);
    }

    @Bean
    ReadAhead readAhead(
            ObjectProvider<Automation> automations,
            DeciderNames deciders,
            EventRows rows,
            Snapshots snapshots,
            EntityCache cache) {
        return new ReadAhead(automations.orderedStream().toList(), deciders, rows, snapshots, cache);
    }

    @Bean
    Snapshots snapshots(Database database) {
        return new Snapshots(database);
    }

    @Bean
    IdempotencyKeys idempotencyKeys(Database database) {
        return new IdempotencyKeys(database);
    }

    @Bean
    AxonCommands commands(CommandBus bus, GroupCommit commits, IdempotencyKeys keys, DeciderNames deciders) {
        return new AxonCommands(bus, commits, keys, deciders);
    }

    @Bean
    EventFeed eventFeed(Database database, EventRows rows, RecentEvents recent) {
        return new StoredEventFeed(rows, new EventRows(database.of(Work.PEOPLE)), recent);
    }

    @Bean
    UnendedEvents unendedEvents(Database database) {
        return new StoredUnendedEvents(database);
    }

    @Bean
    SelectedEvents selectedEvents(Database database) {
        return new StoredSelectedEvents(database);
    }

    @Bean
    EventArchive eventArchive(Database database) {
        return StoredEventArchive.on(database);
    }

    @Bean
    StoreClock storeClock(Clock clock) {
        return new StoreClock(clock, System::nanoTime);
    }

    @Bean
    StoreNotifications storeNotifications(
            Database database,
            EventRows rows,
            RecentEvents recent,
            IdempotencyKeys keys,
            Snapshots snapshots,
            GroupCommit commits,
            StoreClock clock) {
        return new StoreNotifications(
                database, rows, recent, keys, snapshots, commits, clock, StoreNotifications.LOOK_EVERY);
    }

    @Bean
    StoreTrouble storeTrouble() {
        return new StoreTrouble();
    }

    @Bean
    DatabaseHealth eventStoreHealthIndicator(EventRows rows) {
        return new DatabaseHealth(rows);
    }

    /** Whoever watches over this process starts it again. */
    @Bean
    SmartInitializingSingleton brokenWhenTheStoreWentBack(Database database, ApplicationEventPublisher events) {
        return () -> database.abandonment()
                .publishOn(Schedulers.boundedElastic())
                .subscribe(
                        never -> {},
                        wentBack -> AvailabilityChangeEvent.publish(events, database, LivenessState.BROKEN));
    }

    @Bean
    Leadership leadership(Database database) {
        return new Leadership(database);
    }

    /** A new process is a new owner: what an old one of the same name still does is fenced off. */
    @Bean
    R2dbcTokenStore tokenStore(
            Database database, InstanceId instance, @Value("${forgewatch.axon.claim:5s}") Duration claim) {
        return new R2dbcTokenStore(database, instance.value() + "/" + MessageIds.next(), claim);
    }

    @Bean
    LogLeaves logLeaves(Database database, GroupCommit commits) {
        return new LogLeaves(database, commits);
    }

    @Bean
    LogTiles logTiles(Database database) {
        return new LogTiles(database);
    }

    @Bean
    LogShown logShown(Database database, GroupCommit commits) {
        return LogShown.on(database, commits);
    }

    @Bean
    LogCheckpoints logCheckpoints(Database database) {
        return new LogCheckpoints(database);
    }

    /** The same assembly for tests that need no Spring. */
    static final class Wiring {

        private Wiring() {}

        static EventStore store(EventStorageEngine engine) {
            return new StorageEngineBackedEventStore(
                    engine,
                    new NobodyListens(),
                    event -> event.payload() instanceof DomainEvent domain ? Selections.tags(domain) : Set.of());
        }

        static CommandBus bus(
                List<? extends Decider<?, ?>> deciders,
                EventStore store,
                RecentEvents recent,
                EntityCache cache,
                Snapshots snapshots,
                ReadAhead ahead,
                Clock clock) {
            SimpleCommandBus bus =
                    new SimpleCommandBus(new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE), List.of());
            for (Decider<?, ?> decider : deciders) {
                subscribe(bus, decider, store, recent, cache, snapshots, ahead, clock);
            }
            return bus;
        }

        private static <S extends @Nullable Object, C extends Command> void subscribe(
                SimpleCommandBus bus,
                Decider<S, C> decider,
                EventStore store,
                RecentEvents recent,
                EntityCache cache,
                Snapshots snapshots,
                ReadAhead ahead,
                Clock clock) {
            DeciderHandler<S, C> handler = new DeciderHandler<>(decider, store, recent, cache, snapshots, ahead, clock);
            for (Class<? extends Command> command : DeciderNames.commands(decider)) {
                bus.subscribe(DeciderNames.type(decider.name(), command).qualifiedName(), handler);
            }
        }
    }
}
