package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.eventstore.Append.Outcome;
import io.forgewatch.command.eventstore.EntityCache.Known;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Every way in which a state that is kept between commands could make a decision overlook an event. A kept state may be old;
 * what was decided on an old one must not be stored.
 */
@Timeout(120)
class CachedStatesTest {

    private static final StoreBed HERE = new StoreBed();
    private static final StoreBed THERE = new StoreBed(HERE.address);

    /** As many as the beds keep in memory. */
    private static final int RING = 64;

    @AfterAll
    static void close() {
        HERE.close();
        THERE.close();
    }

    @Test
    void given_an_event_of_which_no_notice_came_when_decided_on_the_kept_state_then_it_is_not_overlooked() {
        AlarmId button = StoreBed.newButton();
        press(HERE, button, "a");
        appendUnheard(button, "b");

        assertThat(press(HERE, button, "c")).isEqualTo(3);
        assertThat(pressesOf(button)).containsExactly("a", "b", "c");
    }

    @Test
    void given_more_events_since_than_are_in_memory_when_decided_then_none_of_them_is_overlooked() {
        AlarmId button = StoreBed.newButton();
        press(HERE, button, "a");
        press(THERE, button, "b");
        Flux.range(0, 3 * RING)
                .flatMap(n -> send(HERE, StoreBed.newButton(), "p" + n, null), 16)
                .blockLast(Duration.ofSeconds(60));

        assertThat(press(HERE, button, "c")).isEqualTo(3);
    }

    @Test
    void given_a_state_older_than_the_kept_one_when_it_comes_late_then_the_newer_stays() {
        EntityCache cache = EntityCache.ofUsual(2);
        Known newer = new Known("newer", 10, 0);
        cache.put("thing", newer);
        cache.put("thing", new Known("older", 5, 0));

        assertThat(cache.get("thing")).isEqualTo(newer);
    }

    @Test
    void given_a_state_forgotten_and_kept_anew_when_it_is_an_older_one_then_the_append_finds_out() {
        EntityCache cache = EntityCache.ofUsual(1);
        cache.put("thing", new Known("newer", 10, 0));
        forget(cache, "thing");
        cache.put("thing", new Known("older", 5, 0));
        assertThat(cache.get("thing")).isNotEqualTo(new Known("newer", 10, 0));

        Tag tag = newTag();
        Outcome.Appended first =
                (Outcome.Appended) submit(List.of(event(tag)), null, 0).join();
        submit(List.of(event(tag)), EventCriteria.havingTags(tag), first.last()).join();
        assertThat(submit(List.of(event(tag)), EventCriteria.havingTags(tag), first.last())
                        .join())
                .isInstanceOf(Outcome.Conflict.class);
    }

    /** Others come, and are used, until it is let go. */
    private static void forget(EntityCache cache, String entity) {
        for (int n = 0; cache.get(entity) != null; n++) {
            for (int other = 100 * n; other < 100 * (n + 1); other++) {
                cache.put("other" + other, new Known("other", 11, 0));
                for (int use = 0; use < 8; use++) {
                    cache.get("other" + other);
                }
            }
        }
    }

    @Test
    void given_states_of_many_bytes_when_kept_then_they_take_no_more_than_they_may() {
        EntityCache cache = new EntityCache(100_000);
        List<String> large = Collections.nCopies(200, "x".repeat(40));
        for (int n = 0; n < 100; n++) {
            cache.put("large" + n, new Known(new Press.Presses(large), n, 0));
        }

        assertThat(IntStream.range(0, 100)
                        .filter(n -> cache.get("large" + n) != null)
                        .count())
                .isBetween(1L, 4L);
    }

    @Test
    void given_room_for_none_when_kept_then_it_is_forgotten() {
        EntityCache cache = EntityCache.ofUsual(0);
        cache.put("thing", new Known("state", 10, 0));

        assertThat(cache.get("thing")).isNull();
    }

    @Test
    void given_an_append_that_was_refused_when_the_next_is_decided_then_its_events_never_were() {
        AlarmId button = StoreBed.newButton();
        send(HERE, button, "a", "key-" + button).block();
        assertThatThrownBy(() -> send(HERE, button, "b", "key-" + button).block())
                .isNotNull();

        assertThat(press(HERE, button, "c")).isEqualTo(2);
        assertThat(pressesOf(button)).containsExactly("a", "c");
    }

    @Test
    void given_appends_that_know_the_same_when_they_go_in_one_group_then_one_of_them_wins() {
        for (int round = 0; round < 20; round++) {
            Tag tag = newTag();
            EventCriteria unless = EventCriteria.havingTags(tag);
            // The first is on its way alone; the others wait for it and go together.
            CompletableFuture<Outcome> ahead = submit(List.of(event(newTag())), null, 0);
            List<CompletableFuture<Outcome>> rivals = IntStream.range(0, 5)
                    .mapToObj(n -> submit(List.of(event(tag)), unless, 0))
                    .toList();

            assertThat(ahead.join()).isInstanceOf(Outcome.Appended.class);
            assertThat(winners(rivals)).isEqualTo(1);
        }
    }

    @Test
    void given_appends_that_know_the_same_when_two_groups_are_under_way_at_once_then_one_of_them_wins() {
        for (int round = 0; round < 20; round++) {
            Tag tag = newTag();
            EventCriteria unless = EventCriteria.havingTags(tag);
            List<CompletableFuture<Outcome>> rivals = List.of(
                    submit(List.of(event(tag)), unless, 0),
                    submit(many(tag), unless, 0),
                    submit(many(tag), unless, 0),
                    submit(List.of(event(tag)), unless, 0));

            assertThat(winners(rivals)).isEqualTo(1);
        }
    }

    @Test
    void given_two_groups_under_way_at_once_when_followed_then_every_position_comes_once_in_order() {
        long start = HERE.rows.head().block();
        int appends = 24;
        List<CompletableFuture<Outcome>> all = IntStream.range(0, appends)
                .mapToObj(n -> submit(many(newTag()), null, 0))
                .toList();
        all.forEach(CompletableFuture::join);

        long end = start + (long) appends * many(newTag()).size();
        assertThat(HERE.recent
                        .follow(start)
                        .take(end - start)
                        .map(StoredEvent::position)
                        .collectList()
                        .block(Duration.ofSeconds(60)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(start + 1, end).boxed().toList());
        all.forEach(one -> assertThat(one.join()).isInstanceOf(Outcome.Appended.class));
    }

    @Test
    void given_connections_that_break_when_decided_on_kept_states_then_each_press_counts_once() {
        List<AlarmId> buttons =
                IntStream.range(0, 5).mapToObj(n -> StoreBed.newButton()).toList();
        int each = 40;
        List<Integer> counts = Flux.range(0, buttons.size() * each)
                .flatMap(
                        n -> {
                            AlarmId button = buttons.get(n % buttons.size());
                            // What fails while it is read is asked for again, under its key.
                            Mono<Void> before = n % 50 == 25
                                    ? Mono.<Void>fromRunnable(CachedStatesTest::cutConnections)
                                            .subscribeOn(Schedulers.boundedElastic())
                                    : Mono.empty();
                            return before.then(send(n % 2 == 0 ? HERE : THERE, button, "p" + n, button + "/" + n)
                                    .retry(20));
                        },
                        16)
                .collectList()
                .block(Duration.ofSeconds(100));

        assertThat(counts).hasSize(buttons.size() * each);
        Map<Integer, Long> times =
                counts.stream().collect(Collectors.groupingBy(count -> count, Collectors.counting()));
        assertThat(times)
                .hasSize(each)
                .allSatisfy((count, seen) -> assertThat(seen).isEqualTo(buttons.size()));
        buttons.forEach(button -> assertThat(pressesOf(button)).hasSize(each).doesNotHaveDuplicates());
    }

    private static int press(StoreBed bed, AlarmId button, String by) {
        return send(bed, button, by, null).block(Duration.ofSeconds(60));
    }

    private static Mono<Integer> send(StoreBed bed, AlarmId button, String by, @Nullable String key) {
        return bed.commands
                .send(new PressButton(button, by, 1_000, Instant.EPOCH), Actor.account("alice"), key)
                .map(answer -> (Integer) answer.body().get("presses"));
    }

    private static List<String> pressesOf(AlarmId button) {
        return HERE.feed()
                .of(new Subject(SubjectType.ALARM, button.toString()), 0, 1_000)
                .map(recorded -> ((AlarmAcknowledged) recorded.event()).by())
                .collectList()
                .block();
    }

    /** As another instance would, but for the notice. */
    private static void appendUnheard(AlarmId button, String by) {
        AlarmAcknowledged event = new AlarmAcknowledged(button.toString(), by, Instant.EPOCH);
        String tags = event.tags().stream()
                .map(tag -> "'" + tag.key() + "=" + tag.value() + "'")
                .collect(Collectors.joining(", ", "array[", "]"));
        EmbeddedStore.execute(
                HERE.databaseName(),
                "with placed as (insert into events (position, id, name, version, at, actor, tags, metadata, payload)"
                        + " select (select max(position) from events) + 1, gen_random_uuid(), 'AlarmAcknowledged', '1', now(),"
                        + " 'account/bob', " + tags + ", '{\"actor\":\"account/bob\"}', convert_to('"
                        + new String(EventJson.payload(event), StandardCharsets.UTF_8)
                        + "', 'UTF8') returning position, tags, name)"
                        + " insert into event_tags (tag, position, name)"
                        + " select t, position, name from placed cross join lateral unnest(tags) t");
    }

    private static void cutConnections() {
        EmbeddedStore.execute(
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + HERE.databaseName()
                        + "' and application_name = 'forgewatch'");
    }

    private static long winners(List<CompletableFuture<Outcome>> rivals) {
        return rivals.stream()
                .map(CompletableFuture::join)
                .filter(Outcome.Appended.class::isInstance)
                .count();
    }

    private static CompletableFuture<Outcome> submit(
            List<StoredEvent> events, @Nullable EventCriteria unless, long after) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        HERE.commits.submit(new Append(events, unless, after, null, done));
        return done.orTimeout(60, TimeUnit.SECONDS);
    }

    /** Enough for a group that does not wait for the one before it. */
    private static List<StoredEvent> many(Tag tag) {
        List<StoredEvent> events = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            events.add(event(tag));
        }
        return events;
    }

    private static StoredEvent event(Tag tag) {
        return new StoredEvent(0, MessageIds.next(), "K", "1", Instant.EPOCH, Map.of(), Set.of(tag), new byte[0]);
    }

    private static Tag newTag() {
        return new Tag("thing", MessageIds.next().toString());
    }
}
