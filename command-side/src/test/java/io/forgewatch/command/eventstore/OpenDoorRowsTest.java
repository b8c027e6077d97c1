package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real server, by two instances. */
class OpenDoorRowsTest {

    private static final InstanceId ONE = new InstanceId("one");
    private static final InstanceId OTHER = new InstanceId("other");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String address = EmbeddedStore.newDatabase();
    private final Database ofOne = new Database(PostgresAddress.parse(address), 2, 2);
    private final Database ofOther = new Database(PostgresAddress.parse(address), 2, 2);
    private final OpenDoorRows one = new OpenDoorRows(ofOne);
    private final OpenDoorRows other = new OpenDoorRows(ofOther);

    /** Making the schema may take longer than anybody waits for a row. */
    @BeforeEach
    void ready() {
        ofOne.ready().block(LONG);
        ofOther.ready().block(LONG);
    }

    @AfterEach
    void close() {
        ofOne.close();
        ofOther.close();
    }

    private boolean isOpenForOther() {
        return Objects.requireNonNull(other.isOpenElsewhere(OTHER).block(LONG));
    }

    private void written(String seconds) {
        EmbeddedStore.execute(
                EmbeddedStore.nameOf(address),
                "update open_doors set seen_at = now() + " + seconds + " * interval '1 second'");
    }

    @Test
    void given_a_door_that_was_told_of_when_asked_by_another_then_it_is_open_and_by_its_own_it_is_not() {
        assertThat(isOpenForOther()).isFalse();
        one.isOpen(ONE).block(LONG);

        assertThat(isOpenForOther()).isTrue();
        assertThat(one.isOpenElsewhere(ONE).block(LONG)).isFalse();
    }

    @Test
    void
            given_a_row_when_it_is_not_written_again_then_it_is_over_by_the_databases_clock_and_one_of_the_future_as_well() {
        one.isOpen(ONE).block(LONG);
        long fresh = OpenDoorRows.FRESH_FOR.toSeconds();
        written("-" + (fresh + 1));
        assertThat(isOpenForOther()).isFalse();
        written("" + (fresh + 60));
        assertThat(isOpenForOther()).isFalse();

        one.isOpen(ONE).block(LONG);
        assertThat(isOpenForOther()).isTrue();
    }

    @Test
    void given_a_row_an_hour_old_when_another_writes_its_own_then_it_is_forgotten() {
        one.isOpen(ONE).block(LONG);
        written("-3601");
        other.isOpen(OTHER).block(LONG);
        written("0");

        assertThat(isOpenForOther()).isFalse();
        assertThat(one.isOpenElsewhere(ONE).block(LONG)).isTrue();
    }
}
