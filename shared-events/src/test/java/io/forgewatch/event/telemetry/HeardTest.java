package io.forgewatch.event.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class HeardTest {

    private static final long START = 1_700_000_000_000L;

    @Property
    void given_arrivals_no_more_than_a_pause_apart_when_heard_then_one_window_goes_on(
            @ForAll @Size(max = 50) List<@LongRange(min = -5_000, max = Heard.PAUSE_MILLIS) Long> steps) {
        Heard heard = Heard.NOTHING.after(START);
        for (long step : steps) {
            heard = heard.after(heard.now() + step);
        }

        assertThat(heard.from()).isEqualTo(START);
        assertThat(heard.now())
                .isEqualTo(START
                        + steps.stream().mapToLong(step -> Math.max(0, step)).sum());
    }

    @Property
    void given_a_longer_pause_when_heard_again_then_a_new_window_begins(
            @ForAll @LongRange(min = Heard.PAUSE_MILLIS + 1, max = 86_400_000) long pause) {
        assertThat(Heard.NOTHING.after(START).after(START + pause)).isEqualTo(new Heard(START + pause, START + pause));
    }
}
