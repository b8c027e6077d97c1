package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Append.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that break when the server has committed and before it says so: an append without an idempotency key has nothing
 * but its events' ids to be found by.
 */
@Timeout(120)
class LostAnswerTest {

    private final StoreBed other = new StoreBed();
    private final Line line = Line.to(other.address());
    private final Database database = new Database(line.address(), 2, 2, Duration.ofSeconds(3));
    private final EventRows rows = new EventRows(database);
    private final AppendGate gate = new AppendGate();
    private final GroupCommit commits = new GroupCommit(database, new RecentEvents(rows, 64, back -> {}), gate);
    private final Tag tag = new Tag("thing", "one");

    @AfterEach
    void close() {
        database.close();
        line.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_an_append_whose_answer_is_lost_when_settled_then_it_is_found_and_stored_once(boolean conditional) {
        gate.open();
        UUID id = MessageIds.next();
        line.loseAnswer(id.toString(), 1);

        Outcome outcome = submit(id, conditional).join();

        assertThat(line.hasLost()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome.Appended(1));
        assertThat(stored()).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_group_that_failed_for_one_of_it_when_the_answer_to_another_is_lost_then_that_one_is_found(
            boolean conditional) {
        UUID twice = MessageIds.next();
        submit(other.commits, twice, null);
        await().atMost(Duration.ofSeconds(20)).until(() -> stored().equals(List.of(twice)));
        UUID id = MessageIds.next();
        // First in the group, which fails as a whole, and then by itself.
        line.loseAnswer(id.toString(), 2);

        // The first waits at the gate, alone; the others go together after it.
        UUID ahead = MessageIds.next();
        CompletableFuture<Outcome> first = submit(commits, ahead, null);
        CompletableFuture<Outcome> good = submit(id, conditional);
        CompletableFuture<Outcome> bad = submit(commits, twice, null);
        gate.open();

        assertThat(first.join()).isEqualTo(new Outcome.Appended(2));
        assertThat(good.join()).isEqualTo(new Outcome.Appended(3));
        assertThatThrownBy(bad::join).hasMessageContaining("duplicate key");
        assertThat(line.hasLost()).isTrue();
        assertThat(stored()).containsExactly(twice, ahead, id);
    }

    @Test
    void given_a_lost_answer_when_the_gate_is_closed_before_it_is_settled_then_it_is_found_all_the_same() {
        gate.open();
        UUID before = MessageIds.next();
        submit(commits, before, null).join();
        UUID id = MessageIds.next();
        line.loseAnswer(id.toString(), 1, () -> gate.close(new IllegalStateException("closed")));

        CompletableFuture<Outcome> outcome = submit(id, false);

        assertThat(outcome.join()).isEqualTo(new Outcome.Appended(2));
        assertThat(stored()).containsExactly(before, id);
    }

    private List<UUID> stored() {
        return other.rows.after(0).map(StoredEvent::id).collectList().block(Duration.ofSeconds(20));
    }

    private CompletableFuture<Outcome> submit(UUID id, boolean conditional) {
        return submit(commits, id, conditional ? EventCriteria.havingTags(tag).andBeingOneOfTypes("K") : null);
    }

    private CompletableFuture<Outcome> submit(GroupCommit to, UUID id, @Nullable EventCriteria unless) {
        Set<Tag> tags = unless == null ? Set.of() : Set.of(tag);
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        to.submit(new Append(
                List.of(new StoredEvent(0, id, "K", "1", Instant.EPOCH, Map.of(), tags, new byte[0])),
                unless,
                0,
                null,
                done));
        return done.orTimeout(60, TimeUnit.SECONDS);
    }
}
