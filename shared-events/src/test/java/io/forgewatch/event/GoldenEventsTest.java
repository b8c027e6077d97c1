package io.forgewatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One stored payload of every version of every event that ever existed, kept for good: a change that could no longer read an old
 * store fails here. A new event or version needs a new file; the old ones stay as they are.
 */
class GoldenEventsTest {

    record Golden(String name, int version, EventType today) {

        @Override
        public String toString() {
            return name + "@" + version;
        }
    }

    static Stream<Golden> everyVersionOfEveryEvent() {
        return StreamSupport.stream(EventTypes.all().spliterator(), false)
                .flatMap(type -> IntStream.rangeClosed(1, type.version())
                        .mapToObj(version -> new Golden(type.name(), version, type)));
    }

    @ParameterizedTest
    @MethodSource("everyVersionOfEveryEvent")
    void given_a_payload_as_it_was_stored_when_read_then_it_is_todays_event_and_today_it_is_written_the_same(
            Golden golden) throws IOException {
        byte[] stored = GoldenEvents.stored(golden.toString());

        DomainEvent event = EventJson.payload(golden.name(), golden.version(), stored);

        assertThat(event).isInstanceOf(golden.today().payload());
        assertThat(event.subject()).isNotNull();
        if (golden.version() == golden.today().version()) {
            assertThat(EventJson.payload(event))
                    .asString()
                    .isEqualTo(new String(stored, java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
