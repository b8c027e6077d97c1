package io.forgewatch.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.core.JacksonException;

class WrittenInstantProperties {

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    @Property
    void given_any_instant_when_written_and_read_then_it_is_the_same(
            @ForAll @LongRange(min = 0, max = 315_569_519_999L) long second,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nano,
            @ForAll @IntRange(min = 0, max = 9) int digits) {
        int kept = (int) (nano - nano % Math.round(Math.pow(10, 9 - digits)));
        Instant instant = Instant.ofEpochSecond(Math.min(FIRST + second, LAST), kept);

        assertThat(read(EventJson.MAPPER.writeValueAsString(instant))).isEqualTo(instant);
    }

    @Example
    void given_other_forms_when_read_then_they_are_what_the_library_says() {
        assertThat(read("\"2026-11-24T17:20:00.5+08:00\"")).isEqualTo(Instant.parse("2026-11-24T09:20:00.5Z"));
        assertThat(read("\"2026-11-24T24:00:00Z\"")).isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
        assertThat(read("\"+12026-11-24T09:20:00Z\"")).isEqualTo(Instant.parse("+12026-11-24T09:20:00Z"));
    }

    @Example
    void given_what_is_no_instant_when_read_then_it_is_refused() {
        for (String none : new String[] {
            "2026-13-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-11-24T09:20:00.1x3Z",
            "2026-11-24 09:20:00Z",
            "2026-11-24T09:60:00Z",
            "2026-11-2/T09:20:00Z",
            "yesterday"
        }) {
            assertThatThrownBy(() -> read('"' + none + '"')).as(none).isInstanceOf(JacksonException.class);
        }
    }

    private static Instant read(String json) {
        return EventJson.MAPPER.readValue(json, Instant.class);
    }
}
