package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.parking.ParkedSignals.Entry;
import io.forgewatch.command.parking.ParkedSignals.Kept;
import io.forgewatch.command.parking.ParkedSignals.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** On a real database, and as two instances see it. */
class ParkedSignalRowsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String POINT = "GT3702110001010001.BF_CW_P.LOW";
    private static final RuntimeException FAILURE = new IllegalStateException("spilt coffee");

    private final StoreBed bed = new StoreBed();
    private final ParkedSignals here = new ParkedSignalRows(bed.database(), new Build("one"));
    private final ParkedSignals there = new ParkedSignalRows(bed.database(), new Build("one"));

    @AfterEach
    void close() {
        bed.close();
    }

    private static Entry entry(String said, long offset, String payload) {
        return new Entry(POINT, said, "GT3702110001", 3, offset, payload.getBytes(StandardCharsets.UTF_8));
    }

    private List<Kept> due(ParkedSignals of) {
        return of.due(10, Set.of()).collectList().blockOptional(LONG).orElseThrow();
    }

    private List<String> subjects(ParkedSignals of) {
        return of.subjects("", 10).collectList().blockOptional(LONG).orElseThrow();
    }

    private List<Subject> newer(@Nullable UUID after) {
        return there.newer(after, 2).collectList().blockOptional(LONG).orElseThrow();
    }

    private static Entry of(String subject) {
        return new Entry(subject, "BREACH 1", "GT3702110001", 3, 7, "a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void given_what_one_instance_keeps_when_another_looks_then_it_reads_only_what_is_new_and_all_by_pages() {
        for (String subject : List.of("b", "a", "c")) {
            here.behind(of(subject)).block(LONG);
        }

        List<Subject> first = newer(null);
        List<Subject> rest = newer(first.getLast().last());
        assertThat(first).extracting(Subject::subject).containsExactly("b", "a");
        assertThat(rest).extracting(Subject::subject).containsExactly("c");
        assertThat(newer(rest.getLast().last())).isEmpty();
        assertThat(there.subjects("a", 1).collectList().block(LONG)).containsExactly("b");
    }

    @Test
    void given_two_things_said_of_a_point_when_both_are_done_then_the_second_is_told_to_be_the_last() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        here.behind(entry("RETURN 1", 8, "b")).block(LONG);
        List<Kept> both = due(here);
        assertThat(here.done(both.getFirst()).block(LONG)).isFalse();
        assertThat(here.done(both.getLast()).block(LONG)).isTrue();
    }

    private static String text(Kept kept) {
        return new String(kept.payload(), StandardCharsets.UTF_8);
    }

    private void triedNow() {
        EmbeddedStore.execute(bed.databaseName(), "update parkings set next_try_at = now()");
    }

    @Test
    void given_a_signal_that_fails_when_its_time_has_not_come_then_it_is_known_and_not_due() {
        here.failing(entry("BREACH 1", 7, "a"), FAILURE).block(LONG);
        assertThat(subjects(there)).containsExactly(POINT);
        assertThat(due(there)).isEmpty();
        triedNow();
        assertThat(there.due(10, Set.of("GT3702110001")).collectList().block(LONG))
                .as("enough of it is under way")
                .isEmpty();
        assertThat(due(there)).extracting(ParkedSignalRowsTest::text).containsExactly("a");
    }

    @Test
    void given_what_one_instance_tries_when_another_asks_then_it_gets_none_of_it() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        here.behind(entry("RETURN 1", 8, "b")).block(LONG);
        assertThat(due(here)).extracting(ParkedSignalRowsTest::text).containsExactly("a", "b");
        assertThat(due(there)).isEmpty();
    }

    @Test
    void given_the_same_said_later_when_kept_then_it_takes_the_place_and_an_older_one_does_not() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        here.behind(entry("RETURN 1", 8, "b")).block(LONG);
        here.joining(entry("BREACH 1", 9, "c")).block(LONG);
        here.joining(entry("BREACH 1", 6, "read again")).block(LONG);
        assertThat(due(here)).extracting(ParkedSignalRowsTest::text).containsExactly("c", "b");
    }

    @Test
    void given_another_in_its_place_meanwhile_when_done_then_that_one_stays() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        Kept first = due(here).getFirst();
        there.joining(entry("BREACH 1", 9, "c")).block(LONG);
        assertThat(here.done(first).block(LONG)).isFalse();
        triedNow();
        Kept second = due(here).getFirst();
        assertThat(text(second)).isEqualTo("c");
        assertThat(here.done(second).block(LONG)).isTrue();
        assertThat(subjects(here)).isEmpty();
    }

    @Test
    void given_a_parked_point_when_more_is_said_of_it_then_that_waits_with_it() {
        here.failing(entry("BREACH 1", 7, "a"), FAILURE).block(LONG);
        here.joining(entry("RETURN 1", 8, "b")).block(LONG);
        assertThat(due(here)).isEmpty();
        triedNow();
        assertThat(due(here)).hasSize(2);
        here.failed(POINT, FAILURE).block(LONG);
        assertThat(due(here)).isEmpty();
    }

    @Test
    void given_what_other_code_has_parked_when_this_begins_then_it_is_tried_at_once() {
        here.failing(entry("BREACH 1", 7, "a"), FAILURE).block(LONG);
        here.begin().block(LONG);
        assertThat(due(here)).isEmpty();
        ParkedSignals newer = new ParkedSignalRows(bed.database(), new Build("two"));
        newer.begin().block(LONG);
        assertThat(due(newer)).hasSize(1);
    }

    /** Nothing fails: there is too much of the works, and the worse must not wait for the claim on the former to run out. */
    @Test
    void given_a_point_that_is_only_behind_when_more_is_said_of_it_then_that_is_due_as_soon_as_the_former_is_done() {
        here.behind(entry("BREACH 1", 7, "high")).block(LONG);
        Kept high = due(here).getFirst();
        there.joining(entry("BREACH 2", 8, "higher")).block(LONG);
        there.joining(entry("RETURN 2", 9, "returned")).block(LONG);
        assertThat(due(there)).as("in order, whoever tries").isEmpty();

        here.done(high).block(LONG);
        assertThat(due(there)).extracting(ParkedSignalRowsTest::text).containsExactly("higher", "returned");
    }

    @Test
    void given_another_in_its_place_meanwhile_when_done_then_that_one_is_due_at_once() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        Kept first = due(here).getFirst();
        there.joining(entry("BREACH 1", 9, "c")).block(LONG);
        assertThat(due(there)).isEmpty();
        here.done(first).block(LONG);
        assertThat(due(there)).extracting(ParkedSignalRowsTest::text).containsExactly("c");
    }

    @Test
    void given_a_point_that_is_behind_when_it_fails_then_what_joined_it_waits_with_it() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        due(here);
        there.joining(entry("BREACH 2", 8, "b")).block(LONG);
        here.failed(POINT, FAILURE).block(LONG);
        there.joining(entry("BREACH 3", 9, "c")).block(LONG);
        assertThat(due(there)).isEmpty();
        triedNow();
        assertThat(due(there)).extracting(ParkedSignalRowsTest::text).containsExactly("a", "b", "c");
    }

    @Test
    void given_what_could_not_be_tried_when_another_asks_then_it_gets_it() {
        here.behind(entry("BREACH 1", 7, "a")).block(LONG);
        List<Kept> taken = due(here);
        assertThat(due(there)).isEmpty();
        here.untried(taken).block(LONG);
        assertThat(due(there)).hasSize(1);
    }

    @Test
    void given_a_storm_when_it_is_kept_then_that_takes_few_statements_and_nothing_is_lost_nor_out_of_order() {
        List<String> said =
                IntStream.range(0, 2_000).mapToObj(n -> "%04d".formatted(n)).toList();
        Flux.fromIterable(said)
                .flatMap(n -> here.behind(entry("BREACH " + n, Integer.parseInt(n), n)), 2_000)
                .blockLast(LONG);
        Flux.range(0, 8)
                .flatMap(n -> here.joining(entry("RETURN 1", 3_000 + n, "return " + n)), 8)
                .blockLast(LONG);

        assertThat(here.due(5_000, Set.of())
                        .map(ParkedSignalRowsTest::text)
                        .collectList()
                        .block(LONG))
                .containsExactlyElementsOf(
                        Stream.concat(said.stream(), Stream.of("return 7")).toList());
        assertThat(statements()).isLessThan(100);
    }

    /** One transaction wrote all rows of a statement. */
    private int statements() {
        return bed.database()
                .read(connection -> Flux.from(connection
                                .createStatement("select count(distinct since)::integer from parkings")
                                .execute())
                        .flatMap(result -> result.map((row, meta) -> row.get(0, Integer.class))))
                .blockFirst(LONG);
    }

    @Test
    void given_one_that_cannot_be_stored_when_kept_with_others_then_they_are() {
        Entry torn = new Entry("to\0rn", "BREACH 1", "GT3702110001", 3, 1, new byte[0]);
        Flux.range(0, 20)
                .flatMap(
                        n -> here.behind(n == 10 ? torn : entry("BREACH " + n, n, "p" + n))
                                .onErrorComplete(),
                        20)
                .blockLast(LONG);
        assertThat(here.due(50, Set.of()).collectList().block(LONG))
                .extracting(ParkedSignalRowsTest::text)
                .hasSize(19)
                .startsWith("p0", "p1", "p2")
                .endsWith("p17", "p18", "p19");
    }
}
