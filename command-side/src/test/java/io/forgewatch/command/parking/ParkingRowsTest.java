package io.forgewatch.command.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.identity.Jurisdiction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** On a real database. */
class ParkingRowsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final StoreBed bed = new StoreBed();
    private final ParkingRows rows = new ParkingRows(bed.database());

    @BeforeEach
    void prepare() {
        bed.database().ready().block(LONG);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    private void parked(int number, String subject, String entry, String enterprise, String cause, int seconds) {
        EmbeddedStore.execute(
                bed.databaseName(),
                "insert into parkings (id, worker, subject, entry, cause, enterprise, reason, build, since, next_try_at)"
                        + " values ('01a223f6-59e6-7901-a221-" + "%012d".formatted(number) + "', 'signals', '" + subject
                        + "', '" + entry + "', '" + cause + "', " + enterprise + ", 'r" + number
                        + "', 'b', now() - interval '" + seconds + " seconds', now())");
    }

    private List<String> page(String whose, UUID after, int most) {
        return rows.page(Jurisdiction.fromWire(whose), after, most)
                .map(ParkedWork::subject)
                .collectList()
                .block(LONG);
    }

    @Test
    void given_what_is_parked_of_several_works_when_somebody_looks_then_only_what_is_theirs_to_see_is_found() {
        parked(1, "steel", "a", "'GT3702110001'", "FAILING", 9);
        parked(2, "aluminium", "a", "'LJ3702110002'", "FAILING", 8);
        parked(3, "elsewhere", "a", "'GT1101010001'", "FAILING", 7);
        parked(4, "neighbour", "a", "'GT3803110001'", "FAILING", 6);
        parked(5, "of nobody", "a", "null", "FAILING", 5);

        assertThat(page("nation", null, 10))
                .containsExactly("steel", "aluminium", "elsewhere", "neighbour", "of nobody");
        assertThat(page("region:37", null, 10)).containsExactly("steel", "aluminium");
        assertThat(page("region:370211", null, 10)).containsExactly("steel", "aluminium");
        assertThat(page("region:3703", null, 10)).isEmpty();
        assertThat(page("enterprise:GT3702110001", null, 10)).containsExactly("steel");
        assertThat(page("enterprise:GT3702110009", null, 10)).isEmpty();
    }

    @Test
    void given_subjects_of_many_rows_when_read_page_by_page_then_each_comes_once_and_with_all_of_its_rows() {
        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            parked(10 + i, "point " + i, "BREACH", "'GT3702110001'", "BEHIND", 100 - i);
            parked(90 - i, "point " + i, "RETURN", "'GT3702110001'", "FAILING", 50);
            subjects.add("point " + i);
        }
        List<ParkedWork> read = rows.page(Jurisdiction.fromWire("enterprise:GT3702110001"), null, 3)
                .collectList()
                .expand(page -> page.isEmpty()
                        ? Mono.empty()
                        : rows.page(new Jurisdiction.Nation(), page.getLast().id(), 3)
                                .collectList())
                .flatMapIterable(page -> page)
                .collectList()
                .block(LONG);

        assertThat(read).extracting(ParkedWork::subject).containsExactlyElementsOf(subjects);
        assertThat(read).allSatisfy(one -> {
            assertThat(one.waiting()).isEqualTo(2);
            assertThat(one.cause()).isEqualTo(ParkedWork.Cause.FAILING);
        });
        assertThat(read.getFirst().reason()).isEqualTo("r10");
    }

    @Test
    void given_nobody_gives_back_the_alarms_connections_when_somebody_looks_then_that_needs_none_of_them() {
        parked(1, "point", "a", "'GT3702110001'", "FAILING", 9);
        Disposable held = Flux.range(0, 16)
                .flatMap(n -> bed.database().read(connection -> Flux.<Integer>never()), 16)
                .subscribe();
        try {
            assertThat(page("nation", null, 10)).containsExactly("point");
        } finally {
            held.dispose();
        }
    }

    @Test
    void given_something_parked_when_it_is_resumed_then_all_of_its_subject_is_due_and_told() {
        parked(1, "point", "a", "'GT3702110001'", "FAILING", 9);
        parked(2, "point", "b", "'GT3702110001'", "BEHIND", 9);
        EmbeddedStore.execute(bed.databaseName(), "update parkings set next_try_at = now() + interval '1 hour'");

        ParkedWork resumed = rows.resume(UUID.fromString("01a223f6-59e6-7901-a221-000000000002"))
                .block(LONG);
        assertThat(resumed.subject()).isEqualTo("point");
        assertThat(resumed.waiting()).isEqualTo(2);
        assertThat(resumed.reason()).isEqualTo("r1");
        assertThat(rows.page(new Jurisdiction.Nation(), null, 9)
                        .blockFirst(LONG)
                        .nextTryAt())
                .isEqualTo(resumed.nextTryAt());
        assertThat(rows.resume(UUID.randomUUID()).block(LONG)).isNull();
    }

    @Test
    void given_what_is_only_behind_when_that_lasts_then_somebody_must_see_to_it() {
        ParkingWatch watch = new ParkingWatch(rows, new SimpleMeterRegistry());
        parked(1, "point", "a", "'GT3702110001'", "BEHIND", 30);
        watch.start();
        try {
            await().atMost(LONG).until(() -> watch.standing().size() == 1);
            assertThat(watch.needsAttention()).isFalse();
            parked(2, "point", "b", "'GT3702110001'", "BEHIND", 61);
            await().atMost(LONG).until(watch::needsAttention);
        } finally {
            watch.stop();
        }
    }
}
