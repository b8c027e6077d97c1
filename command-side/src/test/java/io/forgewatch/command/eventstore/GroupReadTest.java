package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forgewatch.command.eventstore.LogLeaves.LoggedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Questions are answered by hand here, so that it is known what waits meanwhile. */
class GroupReadTest {

    private final List<List<Long>> asked = new ArrayList<>();
    private final List<Sinks.Many<LoggedEvent>> answers = new ArrayList<>();
    private final GroupRead reads = new GroupRead(positions -> {
        Sinks.Many<LoggedEvent> answer = Sinks.many().unicast().onBackpressureBuffer();
        asked.add(positions);
        answers.add(answer);
        return answer.asFlux();
    });

    @Test
    void givenNothingUnderWay_whenAnEventIsWanted_thenItIsAskedForAtOnce() throws Exception {
        CompletableFuture<LoggedEvent> wanted = wanted(7);
        assertThat(asked).containsExactly(List.of(7L));
        answer(0, 7);
        assertThat(wanted.get().position()).isEqualTo(7);
    }

    @Test
    void givenAQuestionUnderWay_whenOthersAreWanted_thenTheyAreAskedForTogetherAndOnceEach() throws Exception {
        CompletableFuture<LoggedEvent> first = wanted(1);
        List<CompletableFuture<LoggedEvent>> others = List.of(wanted(5), wanted(3), wanted(5));
        assertThat(asked).hasSize(1);

        answer(0, 1);
        assertThat(asked).containsExactly(List.of(1L), List.of(5L, 3L));
        assertThat(first.get().position()).isEqualTo(1);

        answer(1, 3, 5);
        assertThat(others).extracting(each -> each.get().position()).containsExactly(5L, 3L, 5L);
        assertThat(asked).hasSize(2);
    }

    @Test
    void givenAnEventThatIsNotThere_whenWantedAmongOthers_thenOnlyItIsEmpty() throws Exception {
        CompletableFuture<LoggedEvent> missing = wanted(9);
        assertThat(missing).isNotDone();
        answer(0);
        assertThat(missing.get()).isNull();

        wanted(1);
        CompletableFuture<LoggedEvent> there = wanted(2);
        CompletableFuture<LoggedEvent> gone = wanted(3);
        answer(1, 1);
        answer(2, 2);
        assertThat(there.get().position()).isEqualTo(2);
        assertThat(gone.get()).isNull();
    }

    @Test
    void givenAQuestionThatFails_whenOthersWait_thenItsOwnFailAndTheyGoOn() throws Exception {
        CompletableFuture<LoggedEvent> failed = wanted(1);
        CompletableFuture<LoggedEvent> waiting = wanted(2);
        answers.get(0).tryEmitError(new IllegalStateException("broken")).orThrow();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(failed::get)
                .withMessageContaining("broken");
        answer(1, 2);
        assertThat(waiting.get().position()).isEqualTo(2);
    }

    @Test
    void givenAReadThatThrows_whenWanted_thenItFailsAndLaterOnesAreReadAgain() {
        GroupRead broken = new GroupRead(positions -> {
            asked.add(positions);
            throw new IllegalStateException("no connection");
        });
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> broken.event(1).toFuture().get())
                    .withMessageContaining("no connection");
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void givenMoreThanAGroup_whenTheyWait_thenTheyAreAskedForInSeveral() throws Exception {
        wanted(1);
        int many = GroupRead.LARGEST_GROUP + 1;
        List<CompletableFuture<LoggedEvent>> waiting =
                IntStream.range(0, many).mapToObj(each -> wanted(2L + each)).toList();
        answer(0, 1);
        answer(1, LongStream.range(2, 2L + GroupRead.LARGEST_GROUP).toArray());
        answer(2, 2L + GroupRead.LARGEST_GROUP);
        assertThat(asked).extracting(List::size).containsExactly(1, GroupRead.LARGEST_GROUP, 1);
        assertThat(waiting).allSatisfy(each -> assertThat(each.get()).isNotNull());
    }

    private CompletableFuture<LoggedEvent> wanted(long position) {
        return reads.event(position).toFuture();
    }

    private void answer(int question, long... positions) {
        Sinks.Many<LoggedEvent> answer = answers.get(question);
        Flux.fromStream(LongStream.of(positions).boxed())
                .map(GroupReadTest::event)
                .subscribe(event -> answer.tryEmitNext(event).orThrow());
        answer.tryEmitComplete().orThrow();
    }

    private static LoggedEvent event(long position) {
        return new LoggedEvent(
                position,
                new UUID(0, position),
                "AlarmRaised",
                "1",
                Instant.EPOCH,
                List.of(),
                "{}",
                new byte[0],
                new byte[0]);
    }
}
