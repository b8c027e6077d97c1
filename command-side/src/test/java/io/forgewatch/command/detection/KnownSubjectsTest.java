package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.fixture.KeptInMemory;
import io.forgewatch.command.parking.ParkedSignals.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What an instance knows of what it and others have parked. */
class KnownSubjectsTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final KeptInMemory kept = new KeptInMemory(time);
    private final KnownSubjects known = new KnownSubjects(kept, time);

    @AfterEach
    void stop() {
        time.dispose();
    }

    private void parks(String subject) {
        kept.behind(new Entry(subject, "BREACH 1", "GT3702110001", 0, 1, new byte[0]))
                .block();
    }

    private void doneElsewhere(String subject) {
        kept.due(10_000, Set.of())
                .filter(one -> one.subject().equals(subject))
                .concatMap(kept::done)
                .blockLast();
    }

    private void looksFor(Duration span) {
        for (long second = 0; second < span.toSeconds(); second++) {
            known.look().block();
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
    }

    @Test
    void given_much_that_is_parked_when_nothing_changes_then_it_is_not_read_again_every_second() {
        for (int point = 0; point < 2 * KnownSubjects.PAGE; point++) {
            parks("point " + point);
        }
        known.look().block();
        int whole = kept.pages.get();

        time.advanceTimeBy(Duration.ofSeconds(1));
        looksFor(KnownSubjects.ALL_EVERY.minusSeconds(1));

        assertThat(kept.pages.get()).isEqualTo(whole);
        assertThat(known.has("point 0")).isTrue();
        assertThat(known.has("point " + (2 * KnownSubjects.PAGE - 1))).isTrue();
    }

    @Test
    void given_another_instance_when_it_parks_then_that_is_known_at_the_next_look() {
        known.look().block();
        parks("theirs");
        assertThat(known.has("theirs")).isFalse();
        known.look().block();
        assertThat(known.has("theirs")).isTrue();
    }

    @Test
    void given_another_instance_when_it_has_done_what_is_parked_then_that_is_forgotten_at_the_next_full_look() {
        parks("theirs");
        parks("ours");
        known.look().block();
        doneElsewhere("theirs");
        looksFor(KnownSubjects.ALL_EVERY.plusSeconds(1));

        assertThat(known.has("theirs")).isFalse();
        assertThat(known.has("ours")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void given_two_instances_that_park_and_do_anyhow_when_both_have_looked_then_both_know_what_is_parked(long seed) {
        Random random = new Random(seed);
        List<KnownSubjects> both = List.of(known, new KnownSubjects(kept, time));
        for (int step = 0; step < 300; step++) {
            KnownSubjects here = both.get(random.nextInt(2));
            String subject = "point " + random.nextInt(8);
            switch (random.nextInt(4)) {
                case 0 -> {
                    parks(subject);
                    here.add(subject);
                }
                case 1 -> {
                    doneElsewhere(subject);
                    if (!kept.subjects.contains(subject)) {
                        here.forget(subject);
                    }
                }
                case 2 -> here.look().block();
                default -> time.advanceTimeBy(Duration.ofSeconds(random.nextInt(20)));
            }
        }
        parks("point 8");
        for (KnownSubjects each : both) {
            time.advanceTimeBy(KnownSubjects.ALL_EVERY.plusSeconds(1));
            each.look().block();
            for (int number = 0; number <= 8; number++) {
                assertThat(each.has("point " + number)).isEqualTo(kept.subjects.contains("point " + number));
            }
        }
    }

    @Test
    void given_more_than_can_be_known_when_it_is_read_then_no_more_is_kept_in_memory() {
        for (int point = 0; point < KnownSubjects.MOST + 10; point++) {
            known.add("point " + point);
        }
        assertThat(known.has("point " + KnownSubjects.MOST)).isFalse();
        assertThat(known.has("point 0")).isTrue();
    }
}
