package io.forgewatch.query.outlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.projection.Generation;
import io.forgewatch.query.projection.Histories;
import io.forgewatch.query.projection.Place;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.ServingView;
import io.forgewatch.query.projection.Spoken;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whoever folds, each instance tells its listeners what is stored, once and in order; and who is gone does not listen. */
class EventStreamTest {

    private static final ViewName VIEW = new ViewName("words", 1);
    private static final String WORKS = "GT3702110001";
    private static final int CYCLES = 2_000;
    private static final Generation FIRST = Generation.first(VIEW);
    private static final Caller SHANDONG =
            new Caller("province", Role.PROVINCE, new Jurisdiction.Region("37"), Instant.MAX);

    private record Word(String text) {}

    private final ServingView serving = new ServingView(VIEW);
    private final List<Outlet<Word>> opened = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StandingStreams streams = new StandingStreams(meters);
    private Store store;
    private Chronicle<Word> entries;

    @BeforeEach
    void a_store() {
        store = new Store();
        entries = entries(store.database());
    }

    @AfterEach
    void closed() {
        opened.forEach(Outlet::stop);
        store.close();
    }

    private static Chronicle<Word> entries(MongoDatabase database) {
        return Chronicle.of(database, Reads.of(database), "words_told", Word.class);
    }

    private Outlet<Word> outlet(Chronicle<Word> of) {
        return outlet(of, Word::text);
    }

    private Outlet<Word> outlet(Chronicle<Word> of, Function<Word, String> words) {
        Outlet<Word> outlet = new Outlet<>(VIEW, of, words, serving.progress(), streams);
        opened.add(outlet);
        outlet.start();
        Awaitility.await().until(outlet::isOpen);
        return outlet;
    }

    private void stored(long... positions) {
        stored(FIRST, 7, positions);
    }

    private void stored(Generation by, long history, long... positions) {
        entries.of(by)
                .keep(LongStream.of(positions)
                        .mapToObj(position ->
                                new Entry<>(position, new UUID(history, position), WORKS, new Word("w" + position)))
                        .toList())
                .block();
    }

    private static List<Long> listening(Outlet<Word> outlet, String lastEventId) {
        List<Long> heard = new CopyOnWriteArrayList<>();
        var unused = outlet.stream().open(SHANDONG, lastEventId).block().subscribe(told -> {
            if (told instanceof Told.News(Place place, String content)) {
                assertThat(content).isEqualTo("w" + place.position());
                heard.add(place.position());
            }
        });
        return heard;
    }

    /** Everything that goes out, by the ids under which it does. */
    private static List<String> ids(Outlet<Word> outlet, String lastEventId) {
        return ids(outlet.stream().open(SHANDONG, lastEventId).block());
    }

    /** The same of who is not let in yet. */
    private static List<String> idsOnceOpen(Outlet<Word> outlet, String lastEventId) {
        return ids(outlet.stream().open(SHANDONG, lastEventId).flatMapMany(told -> told));
    }

    private static List<String> ids(Flux<?> told) {
        List<String> heard = new CopyOnWriteArrayList<>();
        var unused = told.ofType(Told.News.class)
                .subscribe(news -> heard.add(news.place().wire()));
        return heard;
    }

    @Test
    void given_two_instances_when_one_of_them_stored_something_then_those_who_listen_to_the_other_hear_it() {
        serving.reached(1);
        List<Long> here = listening(outlet(entries), null);
        List<Long> there = listening(outlet(entries(store.database())), null);

        stored(2, 4);
        serving.reached(5);

        Awaitility.await().untilAsserted(() -> assertThat(here).containsExactly(2L, 4L));
        Awaitility.await().untilAsserted(() -> assertThat(there).containsExactly(2L, 4L));
    }

    @Test
    void given_entries_beyond_what_is_surely_written_when_told_then_they_wait_for_what_comes_between() {
        serving.reached(1);
        List<Long> heard = listening(outlet(entries), "0");
        stored(2, 5);
        serving.reached(2);
        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(2L));

        stored(3, 4);
        serving.reached(5);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(2L, 3L, 4L, 5L));
    }

    @Test
    void given_a_history_when_a_side_starts_then_none_of_it_is_told_as_news() {
        stored(1, 2, 3);
        serving.reached(3);
        List<Long> heard = listening(outlet(entries), null);

        stored(4);
        serving.reached(4);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(4L));
    }

    @Test
    void given_somebody_who_was_parked_when_another_build_takes_over_then_what_was_passed_over_is_told_without_an_id() {
        serving.reached(1);
        Outlet<Word> outlet = outlet(entries);
        List<Told> heard = new CopyOnWriteArrayList<>();
        var unused = outlet.stream().open(SHANDONG, null).block().subscribe(heard::add);
        stored(2, 9);
        serving.reached(9);
        Awaitility.await().until(() -> heard.size() == 3);

        Generation mended = new Generation(VIEW, 1);
        stored(mended, 7, 2, 4, 9, 11);
        serving.takenOver(mended, Histories.ONE, 11, WORKS, 3);

        Told last = new Told.News(new Place(1, 11), "w11");
        Awaitility.await().until(() -> heard.contains(last));
        assertThat(heard.subList(3, heard.size()))
                .as("9 was told in its turn")
                .containsExactly(new Told.LateNews(mended, 4, "w4"), last);
    }

    @Test
    void given_one_who_read_what_was_passed_over_when_he_came_back_then_he_does_not_hear_it_again_and_others_do() {
        stored(2, 9);
        serving.reached(9);
        Generation mended = new Generation(VIEW, 1);
        stored(mended, 7, 2, 4, 9, 11);
        Listeners listeners = new Listeners();
        listeners.saidUpTo(new Place(1, 9));
        serving.takenOver(mended, Histories.ONE, 9, WORKS, 3);
        EventStream<Word> stream = new EventStream<>(
                VIEW, entries, new Words<>(entries, Word::text), listeners, serving.progress(), Mono.never());
        List<Told> back = new CopyOnWriteArrayList<>();
        List<Told> ahead = new CopyOnWriteArrayList<>();
        var unused = stream.open(SHANDONG, "3").block().subscribe(back::add);
        var unused2 = stream.open(SHANDONG, "9").block().subscribe(ahead::add);

        Told late = new Told.LateNews(mended, 4, "w4");
        listeners.sayLate(WORKS, (Told.LateNews) late);
        Told last = new Told.News(new Place(1, 11), "w11");
        listeners.say(WORKS, (Told.News) last);

        Awaitility.await().until(() -> back.contains(last) && ahead.contains(last));
        assertThat(back.subList(1, back.size()))
                .containsExactly(new Told.News(new Place(1, 4), "w4"), new Told.News(new Place(1, 9), "w9"), last);
        assertThat(ahead.subList(1, ahead.size())).containsExactly(late, last);
    }

    @Test
    void given_more_than_a_page_when_resumed_while_more_comes_then_each_comes_once_in_order() {
        stored(LongStream.rangeClosed(1, 450).toArray());
        serving.reached(450);
        Outlet<Word> outlet = outlet(entries);

        List<Long> heard = listening(outlet, "7");
        stored(LongStream.rangeClosed(451, 700).toArray());
        serving.reached(700);

        Awaitility.await().until(() -> heard.contains(700L));
        assertThat(heard).isEqualTo(LongStream.rangeClosed(8, 700).boxed().toList());
    }

    @Test
    void given_one_who_is_ahead_of_this_instance_when_he_comes_from_another_then_he_hears_nothing_twice() {
        stored(1, 2, 3);
        serving.reached(1);
        List<Long> heard = listening(outlet(entries), "2");

        serving.reached(3);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(3L));
    }

    @Test
    void given_readers_who_hang_up_while_the_past_is_read_when_all_are_gone_then_nobody_listens() {
        stored(1);
        serving.reached(1);
        Outlet<Word> outlet = outlet(entries);

        for (int i = 0; i < CYCLES; i++) {
            Disposable reader = outlet.stream()
                    .open(SHANDONG, i % 2 == 0 ? "0" : null)
                    .block()
                    .subscribe();
            assertThat(outlet.listening()).isEqualTo(1);
            reader.dispose();
        }

        assertThat(outlet.listening()).isZero();
    }

    @Test
    void given_a_store_that_is_away_when_readers_come_and_go_then_nobody_listens_and_the_next_is_heard() {
        try (MongoClient away = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:1/none"))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(20, TimeUnit.MILLISECONDS))
                .build())) {
            serving.reached(1);
            Outlet<Word> outlet = outlet(entries(away.getDatabase("none")));
            AtomicInteger failed = new AtomicInteger();
            Disposable.Composite readers = Disposables.composite();

            for (int i = 0; i < CYCLES; i++) {
                readers.add(outlet.stream()
                        .open(SHANDONG, "0")
                        .block()
                        .subscribe(entry -> {}, failure -> failed.incrementAndGet()));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> failed.get() == CYCLES);

            assertThat(outlet.listening()).isZero();
            Disposable next = outlet.stream().open(SHANDONG, null).block().subscribe();
            assertThat(outlet.listening()).isEqualTo(1);
            next.dispose();
            readers.dispose();
        }
    }

    @Test
    void given_as_many_as_one_instance_is_made_for_when_one_more_comes_then_he_is_told_to_come_again() {
        Listeners listeners = new Listeners();
        listeners.saidUpTo(new Place(1, 0));
        List<Listeners.Listener> all = new ArrayList<>();
        while (!listeners.isFull()) {
            all.add(listeners.register(new Jurisdiction.Nation()));
        }

        assertThatThrownBy(() -> listeners.register(new Jurisdiction.Nation()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));

        all.forEach(listeners::remove);
        assertThat(listeners.count()).isZero();
    }

    @Test
    void given_one_who_does_not_read_when_more_happens_than_is_kept_for_him_then_he_is_let_go_and_others_hear_on() {
        serving.reached(0);
        Outlet<Word> outlet = outlet(entries);
        AtomicBoolean ended = new AtomicBoolean();
        BaseSubscriber<Told> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnComplete() {
                ended.set(true);
            }
        };
        outlet.stream().open(SHANDONG, null).block().subscribe(slow);
        List<Long> others = listening(outlet, null);

        stored(LongStream.rangeClosed(1, 1_500).toArray());
        serving.reached(1_500);
        Awaitility.await().until(() -> others.contains(1_500L));

        assertThat(outlet.listening()).isEqualTo(1);
        slow.request(Long.MAX_VALUE);
        Awaitility.await().untilTrue(ended);
    }

    @Test
    void given_a_stream_that_was_open_before_the_side_was_up_when_the_side_stops_then_it_ends() {
        serving.reached(0);
        Outlet<Word> outlet = outlet(entries);
        AtomicBoolean ended = new AtomicBoolean();
        var unused = outlet.stream()
                .open(SHANDONG, null)
                .block()
                .doOnComplete(() -> ended.set(true))
                .subscribe();

        outlet.stop();

        Awaitility.await().untilTrue(ended);
        assertThat(outlet.listening()).isZero();
    }

    private static Histories forkedAt(long position) {
        return new Histories(List.of(position));
    }

    @Test
    void given_a_history_that_was_lost_when_another_one_is_served_then_all_of_it_is_told_however_low_its_positions() {
        stored(2, 4, 6, 9);
        serving.reached(10);
        Outlet<Word> here = outlet(entries);
        Outlet<Word> there = outlet(entries(store.database()));
        List<String> all = ids(here, "0");
        List<String> now = ids(there, null);
        Awaitility.await().until(() -> all.size() == 4);

        Generation anew = new Generation(VIEW, 1);
        stored(anew, 7, 2, 4);
        stored(anew, 8, 6, 7);
        serving.takenOver(anew, forkedAt(4), 8);

        Awaitility.await().untilAsserted(() -> assertThat(all).containsExactly("2", "4", "6", "9", "2-6", "2-7"));
        Awaitility.await().untilAsserted(() -> assertThat(now).containsExactly("2-6", "2-7"));
    }

    @ParameterizedTest
    @CsvSource({"0,2-2 2-4 2-6 2-7", "3,2-4 2-6 2-7", "4,2-6 2-7", "9,2-6 2-7", "10,2-6 2-7", "2-5,2-6 2-7", "2-6,2-7"})
    void given_an_id_of_whatever_history_when_resumed_then_all_of_the_one_of_now_behind_what_is_common_is_told(
            String last, String told) {
        stored(2, 4, 6, 9);
        Generation anew = new Generation(VIEW, 1);
        stored(anew, 7, 2, 4);
        stored(anew, 8, 6, 7);
        serving.takenOver(anew, forkedAt(4), 8);

        List<String> heard = ids(outlet(entries), last);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(told.split(" ")));
    }

    @Test
    void given_a_history_that_this_instance_does_not_know_yet_when_resumed_then_it_waits_for_it() {
        stored(2, 4, 6, 9);
        serving.reached(10);
        Outlet<Word> outlet = outlet(entries);
        List<String> heard = idsOnceOpen(outlet, "2-6");

        Generation anew = new Generation(VIEW, 1);
        stored(anew, 8, 6, 7, 9);
        serving.takenOver(anew, forkedAt(4), 9);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("2-7", "2-9"));
    }

    @Test
    void given_a_history_that_never_was_when_resumed_then_the_id_is_refused() {
        serving.reached(10);
        AtomicInteger status = opening(outlet(entries), "2-6");

        serving.looked(10);
        assertThat(status).hasValue(0);
        serving.looked(10);

        Awaitility.await().untilAsserted(() -> assertThat(status).hasValue(400));
    }

    /** What the opening of a stream ends with: 200, or a problem's status; 0 as long as it waits. */
    private static AtomicInteger opening(Outlet<Word> outlet, String lastEventId) {
        AtomicInteger status = new AtomicInteger();
        var unused = outlet.stream()
                .open(SHANDONG, lastEventId)
                .subscribe(
                        stream -> status.set(200),
                        failure -> status.set(failure instanceof Problem problem ? problem.status() : 500));
        return status;
    }

    @Test
    void given_a_heartbeat_of_a_folder_that_was_killed_when_others_do_not_know_its_position_yet_then_they_let_him_in() {
        stored(2);
        serving.reached(2);
        Outlet<Word> outlet = outlet(entries);
        AtomicInteger status = opening(outlet, "5");
        List<String> heard = idsOnceOpen(outlet, "5");
        assertThat(status).hasValue(0);

        serving.looked(6);
        Awaitility.await().untilAsserted(() -> assertThat(status).hasValue(200));
        stored(6);
        serving.reached(6);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly("6"));
    }

    @Test
    void given_an_id_that_is_not_reached_when_the_view_comes_there_then_he_is_let_in() {
        serving.reached(2);
        AtomicInteger status = opening(outlet(entries), "5");

        serving.reached(4);
        assertThat(status).hasValue(0);
        serving.reached(5);

        Awaitility.await().untilAsserted(() -> assertThat(status).hasValue(200));
    }

    @Test
    void given_an_id_beyond_the_end_of_the_events_when_that_was_looked_for_after_he_came_then_it_is_refused() {
        serving.reached(2);
        AtomicInteger status = opening(outlet(entries), "5");

        serving.looked(4);
        assertThat(status).as("that look may have begun before").hasValue(0);
        serving.looked(4);

        Awaitility.await().untilAsserted(() -> assertThat(status).hasValue(400));
    }

    @Test
    void given_an_id_of_which_nobody_can_tell_when_it_took_too_long_then_it_is_not_refused_but_he_may_come_again() {
        serving.reached(2);

        assertThatThrownBy(() -> outlet(entries).stream().open(SHANDONG, "5").block())
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(503);
                    assertThat(problem.headers()).containsKey("Retry-After");
                });
    }

    @Test
    void given_a_store_that_does_not_answer_when_the_events_go_as_far_as_an_id_then_he_is_let_in() {
        try (MongoClient away = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:1/none"))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(20, TimeUnit.MILLISECONDS))
                .build())) {
            serving.reached(2);
            AtomicInteger status = opening(outlet(entries(away.getDatabase("none"))), "5");

            serving.looked(4);
            serving.looked(5);

            Awaitility.await().untilAsserted(() -> assertThat(status).hasValue(200));
        }
    }

    @Test
    void given_one_who_reads_the_past_slowly_when_another_build_of_it_takes_over_then_he_goes_on_in_that() {
        stored(LongStream.rangeClosed(1, 500).toArray());
        serving.reached(500);
        SlowReader reader = new SlowReader(outlet(entries));
        reader.reads(150);

        Generation anew = new Generation(VIEW, 1);
        stored(anew, 7, LongStream.rangeClosed(1, 500).toArray());
        serving.takenOver(anew, Histories.ONE, 500);
        dropped(FIRST);
        reader.reads(1_000);

        Awaitility.await()
                .untilAsserted(() -> assertThat(reader.heard)
                        .isEqualTo(LongStream.rangeClosed(1, 500)
                                .mapToObj(Long::toString)
                                .toList()));
    }

    @Test
    void given_one_who_reads_the_past_slowly_when_that_is_of_a_history_that_goes_then_he_is_let_go_to_come_again() {
        stored(LongStream.rangeClosed(1, 500).toArray());
        serving.reached(500);
        SlowReader reader = new SlowReader(outlet(entries));
        reader.reads(150);

        serving.takenOver(new Generation(VIEW, 1), forkedAt(4), 8);
        dropped(FIRST);
        reader.reads(1_000);

        Awaitility.await().untilTrue(reader.ended);
        assertThat(reader.heard)
                .isEqualTo(LongStream.rangeClosed(1, reader.heard.size())
                        .mapToObj(Long::toString)
                        .toList())
                .hasSizeLessThan(500);
    }

    @Test
    void
            given_a_build_that_takes_over_while_the_outlet_reads_and_is_not_as_far_when_it_gets_there_then_nothing_is_lost() {
        serving.reached(0);
        Generation anew = new Generation(VIEW, 1);
        stored(LongStream.rangeClosed(1, 450).toArray());
        stored(anew, 7, LongStream.rangeClosed(1, 449).toArray());
        AtomicBoolean first = new AtomicBoolean(true);
        Outlet<Word> outlet = outlet(entries, word -> {
            if (first.getAndSet(false)) {
                serving.takenOver(anew, Histories.ONE, 449);
            }
            return word.text();
        });
        List<Long> heard = listening(outlet, null);

        serving.reached(450);
        Awaitility.await().until(() -> heard.contains(449L));
        stored(anew, 7, 450, 451);
        serving.takenOver(anew, Histories.ONE, 451);

        Awaitility.await().until(() -> heard.contains(451L));
        assertThat(heard).isEqualTo(LongStream.rangeClosed(1, 451).boxed().toList());
    }

    @Test
    void given_a_build_that_took_over_and_is_not_as_far_here_when_somebody_comes_back_then_he_misses_nothing() {
        stored(1, 2, 3);
        serving.reached(3);
        Outlet<Word> outlet = outlet(entries);
        Generation anew = new Generation(VIEW, 1);
        stored(anew, 7, 1, 2);
        serving.takenOver(anew, Histories.ONE, 2);

        List<Long> heard = listening(outlet, "1");
        stored(anew, 7, 3, 4);
        serving.takenOver(anew, Histories.ONE, 4);

        Awaitility.await().untilAsserted(() -> assertThat(heard).containsExactly(2L, 3L, 4L));
    }

    @Test
    void
            given_a_build_that_took_over_and_is_not_as_far_here_when_it_had_passed_somebody_over_then_all_of_his_is_told() {
        stored(9);
        serving.reached(9);
        List<Told> heard = new CopyOnWriteArrayList<>();
        var unused = outlet(entries).stream().open(SHANDONG, null).block().subscribe(heard::add);

        Generation mended = new Generation(VIEW, 1);
        stored(mended, 7, 4);
        serving.takenOver(mended, Histories.ONE, 4, WORKS, 3);
        stored(mended, 7, 7, 9);
        serving.takenOver(mended, Histories.ONE, 9, WORKS, 3);

        Awaitility.await()
                .untilAsserted(() -> assertThat(heard.subList(1, heard.size()))
                        .containsExactly(new Told.LateNews(mended, 4, "w4"), new Told.LateNews(mended, 7, "w7")));
    }

    @Test
    void given_an_entry_that_nobody_can_read_when_told_then_the_others_are_and_a_person_hears_of_it() {
        stored(LongStream.rangeClosed(1, 450).toArray());
        serving.reached(1);
        Outlet<Word> outlet = outlet(entries);
        List<Long> now = listening(outlet, null);
        assertThat(health(outlet)).isEqualTo(Status.UP);

        spoilt("content", "no record", 3);
        spoilt("enterpriseId", "nobody's", 4);
        spoilt("event", "no id", 5);
        serving.reached(450);

        Long[] others = LongStream.rangeClosed(1, 450)
                .filter(position -> position < 3 || position > 5)
                .boxed()
                .toArray(Long[]::new);
        Awaitility.await().until(() -> now.contains(450L));
        assertThat(now).doesNotContain(3L, 4L, 5L).hasSize(446);
        List<Long> past = listening(outlet, "0");
        Awaitility.await().untilAsserted(() -> assertThat(past).containsExactly(others));
        assertThat(outlet.unreadable()).isEqualTo(3);
        assertThat(health(outlet).getCode()).isEqualTo("ATTENTION");
        assertThat(outlet.behind()).isZero();
    }

    @Test
    void given_an_entry_that_cannot_be_put_into_words_when_told_then_the_others_are_and_a_person_hears_of_it() {
        stored(1, 2, 3);
        serving.reached(1);
        Outlet<Word> outlet = outlet(entries, word -> {
            if (word.text().equals("w2")) {
                throw new IllegalStateException("no words for it");
            }
            return word.text();
        });
        List<Long> now = listening(outlet, null);

        serving.reached(3);

        Awaitility.await().untilAsserted(() -> assertThat(now).containsExactly(3L));
        List<Long> past = listening(outlet, "0");
        Awaitility.await().untilAsserted(() -> assertThat(past).containsExactly(1L, 3L));
        assertThat(outlet.unreadable()).isEqualTo(1);
        assertThat(health(outlet).getCode()).isEqualTo("ATTENTION");
    }

    @Test
    void given_a_store_that_is_away_when_there_is_something_to_say_then_it_is_known_how_far_behind_it_is() {
        try (MongoClient away = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:1/none"))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(20, TimeUnit.MILLISECONDS))
                .build())) {
            serving.reached(1);
            Outlet<Word> outlet = outlet(entries(away.getDatabase("none")));

            serving.reached(5);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(health(outlet).getCode()).isEqualTo("ATTENTION"));
            assertThat(outlet.behind()).isEqualTo(4);
        }
    }

    @Test
    void given_a_look_that_fails_in_a_way_nobody_thought_of_when_the_next_does_not_then_the_stream_goes_on() {
        serving.reached(0);
        Outlet<Word> outlet = outlet(entries);
        List<Long> heard = listening(outlet, null);

        serving.takenOver(FIRST, unthoughtOf(), 0);
        Awaitility.await().until(() -> brokenFor("outlet words") > 0);

        stored(1, 2);
        serving.takenOver(FIRST, Histories.ONE, 2);
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> heard.equals(List.of(1L, 2L)));
        assertThat(brokenFor("outlet words")).isZero();
    }

    @SuppressWarnings("NullAway") // what cannot be, so that a look throws before it has begun
    private static Histories unthoughtOf() {
        return null;
    }

    private double brokenFor(String stream) {
        return meters.get("forgewatch.streams.broken")
                .tag("stream", stream)
                .gauge()
                .value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "enterpriseId"})
    void given_an_entry_that_nobody_can_read_when_another_build_is_compared_with_it_then_it_is_no_hindrance(
            String field) {
        Generation anew = new Generation(VIEW, 1);
        stored(1, 2, 3);
        stored(anew, 7, 1, 2, 3);

        spoilt(field, 17, 3);

        assertThat(entries.agreement(FIRST, anew, 3).block()).isEqualTo(new Spoken.Agreement(3, true));
    }

    private static Status health(Outlet<?> outlet) {
        return new OutletHealth(List.of(outlet)).health().getStatus();
    }

    private void spoilt(String field, Object by, long position) {
        Mono.from(store.database()
                        .getCollection(FIRST.collection("words_told"))
                        .updateOne(Filters.eq("_id", position), Updates.set(field, by)))
                .block();
    }

    private void dropped(Generation generation) {
        Mono.from(store.database()
                        .getCollection(generation.collection("words_told"))
                        .drop())
                .block();
    }

    /** One who asks for a few at a time. */
    private static final class SlowReader extends BaseSubscriber<Told> {
        final List<String> heard = new CopyOnWriteArrayList<>();
        final AtomicBoolean ended = new AtomicBoolean();

        SlowReader(Outlet<Word> outlet) {
            outlet.stream().open(SHANDONG, "0").block().subscribe(this);
        }

        void reads(int more) {
            int before = heard.size();
            request(more);
            Awaitility.await().until(() -> ended.get() || heard.size() >= Math.min(500, before + more - 2));
        }

        @Override
        protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}

        @Override
        protected void hookOnNext(Told told) {
            if (told instanceof Told.News(Place place, String _)) {
                heard.add(place.wire());
            }
        }

        @Override
        protected void hookOnComplete() {
            ended.set(true);
        }
    }
}
