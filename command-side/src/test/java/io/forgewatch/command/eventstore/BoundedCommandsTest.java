package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.EventTooLargeException;
import io.forgewatch.command.eventstore.Append.Outcome;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** What commands do when the store is away: they are answered in time, and told truly whether they may have been done. */
@Timeout(120)
class BoundedCommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Where a test is about a limit, that one is short; all others are so long that no busy machine meets them. */
    private static final Duration UNHURRIED = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONGEST_FOR_PEOPLE = Duration.ofSeconds(5);
    private static final Actor ALICE = Actor.account("alice");

    private final StoreBed other = new StoreBed();
    private final Line line = Line.to(other.address());
    private final AppendGate gate = new AppendGate();
    private final List<Instance> instances = new ArrayList<>();

    /** An instance behind the line. */
    private final class Instance {

        private final Database database;
        private final EventRows rows;
        private final GroupCommit commits;
        private final AxonCommands commands;

        /**
         * @param longest that a connection says nothing
         * @param longestWait of an append until it is begun
         */
        Instance(Duration longest, Duration longestWait) {
            database = new Database(line.address(), 2, 2, longest);
            rows = new EventRows(database);
            RecentEvents recent = new RecentEvents(rows, 64, back -> {});
            commits = new GroupCommit(database, recent, gate, longestWait);
            EntityCache cache = EntityCache.ofUsual(100);
            DeciderNames names = new DeciderNames(List.of(new Press.Button()));
            Snapshots snapshots = new Snapshots(database, Integer.MAX_VALUE);
            commands = new AxonCommands(
                    EventStoreConfiguration.Wiring.bus(
                            List.of(new Press.Button()),
                            EventStoreConfiguration.Wiring.store(new R2dbcEventStorageEngine(rows, recent, commits)),
                            recent,
                            cache,
                            snapshots,
                            new ReadAhead(List.of(), names, rows, snapshots, cache),
                            Clock.systemUTC()),
                    commits,
                    new IdempotencyKeys(database),
                    names,
                    LONGEST_FOR_PEOPLE);
            instances.add(this);
        }

        Mono<Answer> press(AlarmId button, String by, Actor actor, String key) {
            return commands.send(new PressButton(button, by, 10, Instant.EPOCH), actor, key);
        }

        Mono<Answer> ofEnterprise(String owner, String account) {
            return commands.sendFor(
                    owner, new PressButton(StoreBed.newButton(), "p", 10, Instant.EPOCH), Actor.account(account), null);
        }

        CompletableFuture<Outcome> submit() {
            return submit(new byte[0]);
        }

        CompletableFuture<Outcome> submit(byte[] payload) {
            CompletableFuture<Outcome> done = new CompletableFuture<>();
            commits.submit(new Append(
                    List.of(new StoredEvent(
                            0,
                            MessageIds.next(),
                            "K",
                            "1",
                            Instant.EPOCH,
                            Map.of(),
                            Set.of(new Tag("thing", "one")),
                            payload)),
                    null,
                    0,
                    null,
                    done));
            return done;
        }
    }

    private Instance unhurried() {
        return new Instance(UNHURRIED, UNHURRIED);
    }

    @AfterEach
    void close() {
        line.mute(false);
        instances.forEach(each -> each.database.close());
        line.close();
        other.close();
    }

    /** Asked again until it is done: a busy machine may be late for a person now and then. */
    private static Answer done(Supplier<Mono<Answer>> command) {
        AtomicReference<Answer> answer = new AtomicReference<>();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            answer.set(command.get().block(PATIENCE));
            return answer.get() != null;
        });
        return answer.get();
    }

    @Test
    void given_a_store_that_says_nothing_when_people_send_commands_then_each_is_answered_in_time() {
        gate.open();
        Instance one = new Instance(Duration.ofMillis(1_500), UNHURRIED);
        done(() -> one.press(StoreBed.newButton(), "a", ALICE, null));
        line.forgetConnections();
        line.mute(true);

        List<Throwable> told = Flux.range(0, 40)
                .flatMap(
                        n -> one.press(StoreBed.newButton(), "p" + n, ALICE, null)
                                .map(answer -> new Throwable("answered"))
                                .onErrorResume(Mono::just),
                        40)
                .collectList()
                .block(PATIENCE);

        assertThat(told).hasSize(40).allMatch(StoreTrouble::isTrouble);
    }

    @Test
    void given_an_answer_lost_and_a_store_away_when_sent_again_under_its_key_then_it_is_what_was_done() {
        gate.open();
        // Whatever takes long, people are told first.
        Instance one = new Instance(LONGEST_FOR_PEOPLE.multipliedBy(2), UNHURRIED);
        done(() -> one.press(StoreBed.newButton(), "warm", ALICE, null));
        AlarmId button = StoreBed.newButton();
        line.loseAnswer("the-key", 1, () -> line.mute(true));

        assertThatThrownBy(() -> one.press(button, "a", ALICE, "the-key").block(PATIENCE))
                .satisfies(told -> assertThat(
                                new StoreTrouble().problem(told).orElseThrow().code())
                        .isEqualTo("outcome-unknown"));
        await().atMost(PATIENCE).until(line::hasLost);
        line.mute(false);

        Answer answer = done(() -> one.press(button, "a", ALICE, "the-key"));
        long only = other.rows.head().block(PATIENCE);
        assertThat(answer.position()).isEqualTo(only);
        assertThat(pressed(button)).isEqualTo(1);
    }

    private long pressed(AlarmId button) {
        return other.feed()
                .after(0)
                .take(other.rows.head().block(PATIENCE))
                .filter(event ->
                        event.event() instanceof AlarmEvent of && of.alarmId().equals(button.toString()))
                .count()
                .block(PATIENCE);
    }

    @Test
    void given_appends_that_wait_when_they_have_waited_too_long_then_they_are_told_and_never_stored() {
        Instance one = new Instance(UNHURRIED, SHORT);
        // The first has been begun, and stands at the gate.
        CompletableFuture<Outcome> first = one.submit();
        CompletableFuture<Outcome> late = one.submit();

        assertThatThrownBy(() -> late.orTimeout(60, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreBusyException.class);
        gate.open();

        assertThat(first.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(new Outcome.Appended(1));
        assertThat(one.submit().orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(new Outcome.Appended(2));
    }

    @Test
    void given_as_much_waiting_as_may_when_more_comes_then_it_is_refused_at_once() {
        Instance one = unhurried();
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        for (int n = 0; n <= GroupCommit.MOST_WAITING + 3 * GroupCommit.LARGEST_GROUP; n++) {
            waiting.add(one.submit());
        }

        assertThat(waiting.getLast()).isCompletedExceptionally();
        assertThat(new StoreTrouble().problem(waiting.getLast().exceptionNow())).isPresent();
    }

    @Test
    void given_as_many_commands_of_one_as_may_be_when_another_comes_then_it_is_refused_and_what_goes_on_is_not() {
        Instance one = unhurried();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        for (int n = 0; n < AxonCommands.OF_ONE_AT_ONCE; n++) {
            one.press(StoreBed.newButton(), "p", ALICE, null).subscribe(answer -> {}, refused::add);
        }

        assertThatThrownBy(
                        () -> one.press(StoreBed.newButton(), "p", ALICE, null).block(PATIENCE))
                .isInstanceOf(StoreBusyException.class)
                // Not that it waited in vain at the gate.
                .hasMessageContaining("under way");
        gate.open();

        assertThat(one.press(StoreBed.newButton(), "p", Actor.automation("WhenPressed"), null)
                        .block(PATIENCE))
                .isNotNull();
        done(() -> one.press(StoreBed.newButton(), "p", ALICE, null));
    }

    @Test
    void given_as_many_commands_of_an_enterprise_as_may_be_when_another_of_its_accounts_comes_then_it_is_refused() {
        Instance one = unhurried();
        for (int n = 0; n < AxonCommands.OF_ONE_AT_ONCE; n++) {
            one.ofEnterprise("enterprise/GT3702110001", "worker" + n).subscribe(answer -> {}, refused -> {});
        }

        assertThatThrownBy(() ->
                        one.ofEnterprise("enterprise/GT3702110001", "one more").block(PATIENCE))
                .isInstanceOf(StoreBusyException.class)
                // Not that it waited in vain at the gate.
                .hasMessageContaining("under way");
        gate.open();

        done(() -> one.ofEnterprise("enterprise/GT3702110002", "neighbour"));
        done(() -> one.ofEnterprise("enterprise/GT3702110001", "one more"));
    }

    @Test
    void given_a_payload_beyond_1_MiB_when_appended_then_it_is_refused_alone_before_the_database() {
        gate.open();
        Instance one = unhurried();
        CompletableFuture<Outcome> before = one.submit();
        CompletableFuture<Outcome> large = one.submit(new byte[StoredEvent.LARGEST_PAYLOAD + 1]);
        CompletableFuture<Outcome> largest = one.submit(new byte[StoredEvent.LARGEST_PAYLOAD]);

        assertThat(before.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Appended.class);
        assertThatThrownBy(() -> large.orTimeout(60, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("event-too-large");
        assertThat(largest.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Outcome.Appended.class);
    }

    @Test
    void given_a_release_that_does_not_look_when_it_stores_more_than_1_MiB_then_the_database_refuses_it() {
        unhurried().rows.head().block(PATIENCE);

        assertThatThrownBy(() -> EmbeddedStore.execute(
                        other.databaseName(),
                        "insert into events (position, id, name, version, at, actor, tags, metadata, payload) values (1,"
                                + " gen_random_uuid(), 'K', '1', now(), 'system/old', array['thing=one'], '{}',"
                                + " decode(repeat('00', 1048577), 'hex'))"))
                .hasMessageContaining("events_payload_size");
    }

    @Test
    void given_somebody_who_has_gone_when_their_command_fails_then_nobody_calls_that_an_error() {
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        try {
            Instance one = new Instance(UNHURRIED, SHORT);
            // One stands at the gate; the other waits behind it, and is never begun.
            one.submit();
            AlarmId button = StoreBed.newButton();
            Actor automation = Actor.automation("WhenPressed");
            one.press(button, "gone", automation, null).subscribe().dispose();

            // Behind it in the lane of the same button: when this one is told, that one has been.
            assertThatThrownBy(() -> one.press(button, "next", automation, null).block(PATIENCE))
                    .isInstanceOf(StoreBusyException.class);
            assertThat(dropped).noneMatch(StoreBusyException.class::isInstance);
        } finally {
            Hooks.resetOnErrorDropped();
        }
    }
}
