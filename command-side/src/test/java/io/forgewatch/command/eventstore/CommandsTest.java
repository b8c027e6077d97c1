package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.command.decision.Commands.Answer;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.eventstore.Press.PressButton;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(60)
class CommandsTest {

    private static final StoreBed HERE = new StoreBed();
    private static final StoreBed THERE = new StoreBed(HERE.address);
    private static final Actor ALICE = Actor.account("alice");

    @AfterAll
    static void close() {
        HERE.close();
        THERE.close();
    }

    @Test
    void givenNothing_whenACommandIsAccepted_thenItsEventIsStoredAndItsPositionTold() {
        AlarmId button = StoreBed.newButton();

        Answer answer = send(HERE, press(button, "alice"), null);

        assertThat(answer.body()).isEqualTo(Map.of("presses", 1));
        List<RecordedEvent> events = eventsOf(button);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.position()).isEqualTo(answer.position());
            assertThat(event.actor()).isEqualTo(ALICE);
        });
    }

    @Test
    void givenAStateKeptHere_whenItWasChangedThere_thenTheNextDecisionHereKnowsIt() {
        AlarmId button = StoreBed.newButton();
        for (int round = 0; round < 10; round++) {
            StoreBed bed = round % 2 == 0 ? HERE : THERE;
            assertThat(send(bed, press(button, "person" + round), null).body()).isEqualTo(Map.of("presses", round + 1));
        }
        assertThat(eventsOf(button)).hasSize(10);
    }

    @Test
    void givenAStateKeptHere_whenItWasWornOutThere_thenHereIsRefusedAndThatIsTheTruth() {
        AlarmId button = StoreBed.newButton();
        send(HERE, new PressButton(button, "a", 2, Instant.EPOCH), null);
        send(THERE, new PressButton(button, "b", 2, Instant.EPOCH), null);

        assertThatThrownBy(() -> send(HERE, new PressButton(button, "c", 2, Instant.EPOCH), null))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("worn-out"));
        assertThat(eventsOf(button)).hasSize(2);
    }

    @Test
    void givenANoOpOnAKeptState_whenItIsNoneAnyMore_thenItIsDone() {
        AlarmId button = StoreBed.newButton();
        send(HERE, press(button, "alice"), null);
        send(THERE, press(button, "bob"), null);

        Answer answer = send(HERE, press(button, "alice"), null);

        assertThat(answer.body()).isEqualTo(Map.of("presses", 3));
    }

    @Test
    void givenNothingToDo_whenSent_thenNothingIsStoredAndThePositionCoversTheState() {
        AlarmId button = StoreBed.newButton();
        Answer first = send(HERE, press(button, "alice"), null);

        Answer second = send(HERE, press(button, "alice"), null);

        assertThat(second.body()).isEmpty();
        assertThat(second.position()).isGreaterThanOrEqualTo(first.position());
        assertThat(eventsOf(button)).hasSize(1);
    }

    @Test
    void givenAKey_whenTheSameCommandComesAgain_thenTheSameAnswerWithoutEffect() {
        AlarmId button = StoreBed.newButton();
        Answer first = send(HERE, press(button, "alice"), "k1");
        send(HERE, press(button, "bob"), null);

        Answer here = send(HERE, new PressButton(button, "alice", 1_000, Instant.now()), "k1");
        Answer there = send(THERE, new PressButton(button, "alice", 1_000, Instant.now()), "k1");

        assertThat(here).isEqualTo(first);
        assertThat(there).isEqualTo(first);
        assertThat(eventsOf(button)).hasSize(2);
    }

    @Test
    void givenAKey_whenAnotherCommandComesWithIt_thenIdempotencyConflict() {
        AlarmId button = StoreBed.newButton();
        send(HERE, press(button, "alice"), "k2");

        assertThatThrownBy(() -> send(HERE, press(button, "bob"), "k2"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo("idempotency-conflict");
                    assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.INVALID);
                });
        assertThat(eventsOf(button)).hasSize(1);
    }

    @Test
    void givenAKeyUsedForANoOp_whenItComesAgainAfterAChange_thenStillNoEffect() {
        AlarmId button = StoreBed.newButton();
        send(HERE, press(button, "alice"), null);
        Answer first = send(HERE, press(button, "alice"), "k3");
        send(HERE, press(button, "bob"), null);

        Answer again = send(THERE, press(button, "alice"), "k3");

        assertThat(again).isEqualTo(first);
        assertThat(eventsOf(button)).hasSize(2);
    }

    @Test
    void givenTheSameKeyManyTimesAtOnce_whenSentToBothInstances_thenOneEffectAndOneAnswer() {
        AlarmId button = StoreBed.newButton();
        PressButton press = press(button, "alice");

        List<Answer> answers = Flux.range(0, 40)
                .flatMap(n -> (n % 2 == 0 ? HERE : THERE).commands.send(press, ALICE, "k4"), 40)
                .collectList()
                .block(Duration.ofSeconds(30));

        assertThat(answers).hasSize(40).containsOnly(answers.getFirst());
        assertThat(eventsOf(button)).hasSize(1);
    }

    @Test
    void givenTwoPeople_whenTheyUseTheSameKey_thenTheyDoNotMeet() {
        AlarmId button = StoreBed.newButton();
        send(HERE, press(button, "alice"), "k5");

        Answer bobs = HERE.commands
                .send(press(button, "bob"), Actor.account("bob"), "k5")
                .block(Duration.ofSeconds(10));

        assertThat(bobs.body()).isEqualTo(Map.of("presses", 2));
    }

    @Test
    void givenManyWritersOnOneEntity_whenAllAtOnceOnBothInstances_thenEachIsCountedOnce() {
        AlarmId button = StoreBed.newButton();

        List<Object> presses = Flux.range(0, 64)
                .flatMap(
                        n -> (n % 2 == 0 ? HERE : THERE)
                                .commands
                                .send(press(button, "person" + n), ALICE, null)
                                .map(answer -> answer.body().get("presses")),
                        64)
                .collectList()
                .block(Duration.ofSeconds(60));

        assertThat(presses)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 64)
                        .boxed()
                        .map(Object.class::cast)
                        .toList());
    }

    private static PressButton press(AlarmId button, String by) {
        return new PressButton(button, by, 1_000, Instant.EPOCH);
    }

    private static Answer send(StoreBed bed, PressButton press, String key) {
        return bed.commands.send(press, ALICE, key).block(Duration.ofSeconds(20));
    }

    private static List<RecordedEvent> eventsOf(AlarmId button) {
        return HERE.feed()
                .of(new Subject(SubjectType.ALARM, button.toString()), 0, 1_000)
                .collectList()
                .switchIfEmpty(Mono.just(List.of()))
                .block(Duration.ofSeconds(10));
    }
}
