package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.Append.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What the store promises beyond Axon's suite. */
@Timeout(120)
class StoreTest {

    private static final StoreBed HERE = new StoreBed();
    private static final StoreBed THERE = new StoreBed(HERE.address);

    @AfterAll
    static void close() {
        HERE.close();
        THERE.close();
    }

    @Test
    void given64WritersThatKnowTheSame_whenAllAppendAtOnceInEachRound_thenExactlyOneWins() {
        Tag tag = newTag();
        long known = 0;
        for (int round = 1; round <= 20; round++) {
            long position = known;
            List<CompletableFuture<Outcome>> attempts = IntStream.range(0, 64)
                    .mapToObj(n -> append(n % 2 == 0 ? HERE : THERE, tag, position))
                    .toList();
            List<Outcome> outcomes =
                    attempts.stream().map(CompletableFuture::join).toList();

            List<Outcome.Appended> winners = outcomes.stream()
                    .filter(Outcome.Appended.class::isInstance)
                    .map(Outcome.Appended.class::cast)
                    .toList();
            assertThat(winners).hasSize(1);
            known = winners.getFirst().last();
        }
        assertThat(HERE.rows.bearing(Criteria.text(tag), 0, 100).collectList().block())
                .hasSize(20);
    }

    @Test
    void givenAGroupWithABadMember_whenWritten_thenThatOneFailsAlone() {
        Tag tag = newTag();
        UUID twice = MessageIds.next();
        assertThat(submit(HERE, List.of(event(twice, tag, "x")), null, 0).join())
                .isInstanceOf(Outcome.Appended.class);

        List<CompletableFuture<Outcome>> attempts = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            attempts.add(submit(HERE, List.of(event(n == 10 ? twice : MessageIds.next(), tag, "y" + n)), null, 0));
        }

        for (int n = 0; n < 20; n++) {
            if (n == 10) {
                int bad = n;
                assertThatThrownBy(() -> attempts.get(bad).join()).hasMessageContaining("duplicate key");
            } else {
                assertThat(attempts.get(n).join()).isInstanceOf(Outcome.Appended.class);
            }
        }
    }

    @Test
    void givenBothInstancesAppend_whenFollowedOnBoth_thenBothSeeEveryPositionOnceInOrder() {
        long start = HERE.rows.head().block();
        List<Long> seenHere = new CopyOnWriteArrayList<>();
        List<Long> seenThere = new CopyOnWriteArrayList<>();
        Disposable here = HERE.recent.follow(start).subscribe(event -> seenHere.add(event.position()));
        Disposable there = THERE.recent.follow(start).subscribe(event -> seenThere.add(event.position()));

        Flux.range(0, 400)
                .flatMap(
                        n -> reactor.core.publisher.Mono.fromFuture(append(n % 2 == 0 ? HERE : THERE, newTag(), 0)), 64)
                .blockLast(Duration.ofSeconds(60));

        List<Long> all = LongStream.rangeClosed(start + 1, start + 400).boxed().toList();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(seenHere).containsExactlyElementsOf(all);
            assertThat(seenThere).containsExactlyElementsOf(all);
        });
        // Further back than the ring reaches: from the table, then on.
        assertThat(HERE.recent
                        .follow(start)
                        .take(400)
                        .map(StoredEvent::position)
                        .collectList()
                        .block())
                .containsExactlyElementsOf(all);
        here.dispose();
        there.dispose();
    }

    @Test
    void givenCriteriaOfSeveralTagsAndTypes_whenSourced_thenOnlyWhatBearsThemAllIsFound() {
        Tag one = newTag();
        Tag two = newTag();
        submit(
                        HERE,
                        List.of(event(Set.of(one), "A"), event(Set.of(one, two), "A"), event(Set.of(one, two), "B")),
                        null,
                        0)
                .join();

        assertThat(names(EventCriteria.havingTags(one))).containsExactly("A", "A", "B");
        assertThat(names(EventCriteria.havingTags(one, two))).containsExactly("A", "B");
        assertThat(names(EventCriteria.havingTags(one, two).andBeingOneOfTypes("B")))
                .containsExactly("B");
        assertThat(names(EventCriteria.either(
                        EventCriteria.havingTags(two).andBeingOneOfTypes("A"),
                        EventCriteria.havingTags(one).andBeingOneOfTypes("B"))))
                .containsExactly("A", "B");
    }

    @Test
    void givenAConflictOnlyOfAnotherType_whenAppendedUnlessOfOneType_thenThereIsNone() {
        Tag tag = newTag();
        submit(HERE, List.of(event(Set.of(tag), "A")), null, 0).join();

        assertThat(submit(
                                HERE,
                                List.of(event(Set.of(tag), "C")),
                                EventCriteria.havingTags(tag).andBeingOneOfTypes("B"),
                                0)
                        .join())
                .isInstanceOf(Outcome.Appended.class);
        assertThat(submit(
                                HERE,
                                List.of(event(Set.of(tag), "C")),
                                EventCriteria.havingTags(tag).andBeingOneOfTypes("A"),
                                0)
                        .join())
                .isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void givenTheConnectionsAreCutWhileManyAppend_whenAllAreAnswered_thenWhatWasAcknowledgedIsThereOnce() {
        Tag tag = newTag();
        List<UUID> ids = new ArrayList<>();
        List<CompletableFuture<Outcome>> attempts = new ArrayList<>();
        for (int n = 0; n < 600; n++) {
            UUID id = MessageIds.next();
            ids.add(id);
            attempts.add(submit(HERE, List.of(event(id, tag, "K")), null, 0));
            if (n % 100 == 50) {
                attempts.get(n / 2).join();
                EmbeddedStore.execute(
                        "postgres",
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + HERE.databaseName()
                                + "' and application_name = 'forgewatch'");
            }
        }
        List<Outcome> outcomes = attempts.stream().map(CompletableFuture::join).toList();

        assertThat(outcomes).allMatch(Outcome.Appended.class::isInstance);
        List<StoredEvent> stored =
                HERE.rows.bearing(Criteria.text(tag), 0, 1_000).collectList().block();
        assertThat(stored.stream().map(StoredEvent::id)).containsExactlyInAnyOrderElementsOf(ids);
        Map<UUID, Long> positions =
                stored.stream().collect(java.util.stream.Collectors.toMap(StoredEvent::id, StoredEvent::position));
        for (int n = 0; n < ids.size(); n++) {
            assertThat(((Outcome.Appended) outcomes.get(n)).last()).isEqualTo(positions.get(ids.get(n)));
        }
        long head = HERE.rows.head().block();
        assertThat(HERE.recent
                        .follow(0)
                        .take(head)
                        .map(StoredEvent::position)
                        .collectList()
                        .block())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
    }

    @Test
    void given_tags_too_long_for_an_entry_when_appended_in_a_group_then_that_one_is_refused_alone() {
        Tag tag = newTag();
        Set<Tag> long4KiB = Set.of(tag, new Tag("thing", "x".repeat(4_096)));

        CompletableFuture<Outcome> before = submit(HERE, List.of(event(Set.of(tag), "A")), null, 0);
        CompletableFuture<Outcome> refused = submit(HERE, List.of(event(long4KiB, "A")), null, 0);
        CompletableFuture<Outcome> after = submit(HERE, List.of(event(Set.of(tag), "A")), null, 0);

        assertThat(before.join()).isInstanceOf(Outcome.Appended.class);
        assertThat(after.join()).isInstanceOf(Outcome.Appended.class);
        assertThatThrownBy(refused::join).hasMessageContaining("event-too-large");
    }

    private static List<String> names(EventCriteria criteria) {
        return HERE.rows
                .matching(criteria, 0)
                .mapNotNull(EventRows.Sourced::event)
                .map(StoredEvent::name)
                .collectList()
                .block(Duration.ofSeconds(20));
    }

    private static CompletableFuture<Outcome> append(StoreBed bed, Tag tag, long known) {
        return submit(bed, List.of(event(Set.of(tag), "A")), EventCriteria.havingTags(tag), known);
    }

    private static CompletableFuture<Outcome> submit(
            StoreBed bed, List<StoredEvent> events, @Nullable EventCriteria unless, long after) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        bed.commits.submit(new Append(events, unless, after, null, done));
        return done.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS);
    }

    private static StoredEvent event(Set<Tag> tags, String name) {
        return new StoredEvent(
                0,
                MessageIds.next(),
                name,
                "1",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                Map.of("actor", "system/test", "note", "a \"quoted\" {value}, 中文 \\ back"),
                tags,
                new byte[] {0, 1, 2, (byte) 0xff});
    }

    private static StoredEvent event(UUID id, Tag tag, String name) {
        return new StoredEvent(0, id, name, "1", Instant.EPOCH, Map.of(), Set.of(tag), new byte[0]);
    }

    private static Tag newTag() {
        return new Tag("thing", MessageIds.next().toString());
    }
}
