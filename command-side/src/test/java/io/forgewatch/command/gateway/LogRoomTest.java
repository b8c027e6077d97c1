package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogRoomTest {

    private static final int RECORDS = 400;
    private static final long BYTES = 40_000;

    private final LogRoom room = new LogRoom(12, RECORDS, BYTES);

    private int entered(int partition, int size, boolean away) {
        int entered = 0;
        while (room.enter(partition, size, away)) {
            entered++;
        }
        return entered;
    }

    @Test
    void given_a_partition_that_takes_all_it_gets_when_it_has_a_quarter_of_the_records_then_the_rest_is_for_others() {
        assertThat(entered(0, 1, false)).isEqualTo(RECORDS / 4);
        assertThat(entered(1, 1, false)).isEqualTo(RECORDS / 4);
        assertThat(room.records()).isEqualTo(RECORDS / 2);
    }

    @Test
    void given_large_frames_when_a_partition_has_a_quarter_of_the_bytes_then_the_rest_is_for_others() {
        assertThat(entered(0, 1_000, false)).isEqualTo(10);
        assertThat(entered(1, 1_000, false)).isEqualTo(10);
        assertThat(room.bytes()).isEqualTo(BYTES / 2);
    }

    @Test
    void given_a_partition_that_is_away_when_frames_come_then_few_try_it_and_what_leaves_makes_room() {
        assertThat(entered(0, 1, true)).isEqualTo(16);
        room.leave(0, 1);
        assertThat(entered(0, 1, true)).isOne();
    }

    @Test
    void given_all_the_room_taken_when_what_was_in_it_leaves_then_nothing_is_left_of_it() {
        for (int partition = 0; partition < 12; partition++) {
            entered(partition, 7, false);
        }
        assertThat(room.records()).isEqualTo(RECORDS);
        for (int partition = 0; partition < 12; partition++) {
            while (room.records(partition) > 0) {
                room.leave(partition, 7);
            }
        }
        assertThat(room.records()).isZero();
        assertThat(room.bytes()).isZero();
        assertThat(entered(0, 1, false)).isEqualTo(RECORDS / 4);
    }
}
