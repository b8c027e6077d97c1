package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.messaging.eventstreaming.EventCriteria.either;
import static org.axonframework.messaging.eventstreaming.EventCriteria.havingAnyTag;
import static org.axonframework.messaging.eventstreaming.EventCriteria.havingTags;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Appends under a condition that names no tag: events of some types, or any event, whatever they are about. */
@Timeout(60)
class UntaggedConditionsTest {

    private static final int APPENDED = 0;
    private static final int CONFLICT = 1;
    private static final Tag MINE = new Tag("thing", "mine");
    private static final Tag OTHER = new Tag("thing", "other");
    private static final EventCriteria OF_A = havingAnyTag().andBeingOneOfTypes("A");
    private static final EventCriteria OF_B_OR_C = havingAnyTag().andBeingOneOfTypes("B", "C");
    private static final EventCriteria EVERYTHING = havingAnyTag();

    private static final StoreBed BED = new StoreBed();

    @AfterAll
    static void close() {
        BED.close();
    }

    /** Whether an event named A, about something else, is a conflict. */
    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of(OF_A, CONFLICT),
                Arguments.of(OF_B_OR_C, APPENDED),
                Arguments.of(havingAnyTag().andBeingOneOfTypes("C", "A"), CONFLICT),
                Arguments.of(EVERYTHING, CONFLICT),
                Arguments.of(havingTags(MINE), APPENDED),
                Arguments.of(either(havingTags(MINE), OF_A), CONFLICT),
                Arguments.of(either(havingTags(MINE), OF_B_OR_C), APPENDED),
                Arguments.of(either(havingTags(OTHER).andBeingOneOfTypes("B"), OF_A), CONFLICT),
                Arguments.of(either(havingTags(MINE), EVERYTHING), CONFLICT),
                Arguments.of(havingTags(MINE).or().havingAnyTag(), CONFLICT));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void given_an_event_of_an_earlier_group_when_appended_under_a_condition_then_it_conflicts_or_not(
            EventCriteria unless, int expected) {
        long before = head();
        write(event(OTHER, "A"));
        long after = head();

        assertThat(write(event(MINE, "D", unless, before))).containsExactly(expected);
        assertThat(write(event(MINE, "D", unless, Math.max(after, head()))))
                .as("by whoever knows it")
                .containsExactly(APPENDED);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void given_an_event_of_the_same_group_when_appended_under_a_condition_then_it_conflicts_or_not(
            EventCriteria unless, int expected) {
        long before = head();

        assertThat(write(event(OTHER, "A"), event(MINE, "D", unless, before))).containsExactly(APPENDED, expected);
    }

    @Test
    void given_an_earlier_member_that_is_not_appended_when_the_next_must_overlook_nothing_then_it_overlooks_nothing() {
        long before = head();
        write(event(OTHER, "A"));
        long known = head();

        assertThat(write(
                        event(OTHER, "A", OF_A, before),
                        event(MINE, "D", EVERYTHING, known),
                        event(MINE, "D", EVERYTHING, known),
                        event(MINE, "D", OF_B_OR_C, known)))
                .containsExactly(CONFLICT, APPENDED, CONFLICT, APPENDED);
    }

    @Test
    void given_an_empty_store_when_two_must_be_the_first_of_all_then_one_is() {
        try (StoreBed empty = new StoreBed()) {
            assertThat(write(empty, event(MINE, "A", EVERYTHING, 0), event(OTHER, "B", EVERYTHING, 0)))
                    .containsExactly(APPENDED, CONFLICT);
            assertThat(write(empty, event(OTHER, "B", EVERYTHING, 0))).containsExactly(CONFLICT);
            assertThat(write(empty, event(OTHER, "B", EVERYTHING, 1))).containsExactly(APPENDED);
        }
    }

    private static long head() {
        return BED.rows.head().block(Duration.ofSeconds(20));
    }

    private static List<Integer> write(Append... members) {
        return write(BED, members);
    }

    /** In one group for certain: by the statement itself, and not by way of the queue. */
    private static List<Integer> write(StoreBed bed, Append... members) {
        return bed.database
                .write(connection -> new AppendGroup(List.of(members)).write(connection, false))
                .map(answer -> List.of(answer.outcomes()))
                .blockFirst(Duration.ofSeconds(20));
    }

    private static Append event(Tag tag, String name) {
        return event(tag, name, null, 0);
    }

    private static Append event(Tag tag, String name, @Nullable EventCriteria unless, long after) {
        StoredEvent event =
                new StoredEvent(0, MessageIds.next(), name, "1", Instant.EPOCH, Map.of(), Set.of(tag), new byte[] {1});
        return new Append(List.of(event), unless, after, null, new CompletableFuture<>());
    }
}
