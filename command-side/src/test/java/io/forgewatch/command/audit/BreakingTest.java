package io.forgewatch.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.Direction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakingTest {

    private static final CausingReading INNER = new CausingReading(Instant.ofEpochSecond(1), 0.299, 0);
    private static final CausingReading OUTER = new CausingReading(Instant.ofEpochSecond(19), 0.189, 0);

    @Test
    void given_an_alarm_that_rose_to_its_outer_limit_when_told_then_by_the_reading_that_broke_that() {
        assertThat(Breaking.of(Direction.LOW, 0.2, List.of(INNER, OUTER))).contains(OUTER);
        assertThat(Breaking.of(Direction.LOW, 0.3, List.of(INNER, OUTER))).contains(INNER);
        assertThat(Breaking.of(Direction.HIGH, 0.2, List.of(OUTER, INNER))).contains(INNER);
    }

    @Test
    void given_a_state_or_no_reading_beyond_the_limit_when_told_then_by_the_first_or_the_last() {
        assertThat(Breaking.of(Direction.STATE, null, List.of(INNER, OUTER))).contains(INNER);
        assertThat(Breaking.of(Direction.LOW, 0.1, List.of(INNER, OUTER))).contains(OUTER);
        assertThat(Breaking.of(Direction.LOW, 0.1, List.of())).isEmpty();
    }
}
