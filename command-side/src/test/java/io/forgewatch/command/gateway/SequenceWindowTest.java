package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.RefusalCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SequenceWindowTest {

    private final SequenceWindow window = new SequenceWindow(4);

    private static BodyDigest digest(int body) {
        return new BodyDigest(body, 0);
    }

    private static UsedNumber frame(long sequence, int body, long offset) {
        return new UsedNumber(digest(body), answer(sequence), offset);
    }

    private static Answer answer(long sequence) {
        return new Answer(sequence, 1, List.of());
    }

    private void use(long sequence, int body) {
        assertThat(window.claim(sequence, digest(body))).isInstanceOf(SequenceWindow.Claim.Fresh.class);
        window.written(frame(sequence, body, 7));
    }

    @Example
    void givenAUsedNumber_whenItComesAgain_thenTheFirstAnswerIsGivenOrItIsAConflict() {
        use(91, 1);

        assertThat(window.claim(91, digest(1)))
                .isInstanceOfSatisfying(
                        SequenceWindow.Claim.Repeat.class,
                        repeat -> assertThat(repeat.answer().toFuture()).isCompletedWithValue(answer(91)));
        assertThat(window.claim(91, digest(2))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
    }

    @Example
    void givenANumberUnderWay_whenItComesAgain_thenItWaitsForTheFirstAnswer() {
        window.claim(5, digest(1));

        SequenceWindow.Claim second = window.claim(5, digest(1));

        assertThat(second).isInstanceOfSatisfying(SequenceWindow.Claim.Repeat.class, repeat -> {
            var waiting = repeat.answer().toFuture();
            assertThat(waiting).isNotDone();
            window.written(frame(5, 1, 7));
            assertThat(waiting).isCompletedWithValue(answer(5));
        });
        assertThat(window.claim(5, digest(2))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
    }

    @Example
    void givenAHighNumber_whenOthersComeBelowIt_thenTheLast1024AreTakenAndOlderOnesAreTooOld() {
        use(10_000, 1);

        assertThat(window.claim(10_000 - 1_024, digest(2))).isInstanceOf(SequenceWindow.Claim.TooOld.class);
        use(10_000 - 1_023, 2);
        use(9_999, 3);
    }

    @Example
    void givenAGap_whenANumberFromBeforeItIsRepeated_thenItIsStillRemembered() {
        use(1, 1);
        use(1_000_000, 2);

        assertThat(window.claim(1, digest(1))).isInstanceOf(SequenceWindow.Claim.Repeat.class);
        assertThat(window.claim(2, digest(1))).isInstanceOf(SequenceWindow.Claim.TooOld.class);
    }

    @Example
    void givenNumbersBeyond63Bits_whenUsed_thenTheyAreInOrder() {
        use(Long.MAX_VALUE, 1);
        use(Long.MIN_VALUE, 2);
        use(-1, 3);

        assertThat(window.claim(7, digest(4))).isInstanceOf(SequenceWindow.Claim.TooOld.class);
        use(-2, 5);
    }

    @Example
    void givenAWriteThatNobodyCanVouchFor_whenTheNumberComesAgain_thenItWaitsUntilItIsDecided() {
        AtomicBoolean decided = new AtomicBoolean();
        window.claim(5, digest(1));
        window.release(5, decided::get, new IllegalStateException());

        assertThat(window.claim(5, digest(1))).isInstanceOf(SequenceWindow.Claim.Undecided.class);
        assertThat(window.claim(5, digest(2))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
        decided.set(true);
        use(5, 2);
    }

    @Example
    void givenAWriteThatNobodyCanVouchFor_whenItIsReadInTheLog_thenItsAnswerIsGiven() {
        window.claim(5, digest(1));
        window.release(5, () -> false, new IllegalStateException());
        window.read(frame(5, 1, 7));

        assertThat(window.claim(5, digest(1))).isInstanceOf(SequenceWindow.Claim.Repeat.class);
        assertThat(window.claim(5, digest(2))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
    }

    @Example
    void givenAWriteThatWasNotMade_whenTheNumberComesAgain_thenAnyBodyMayUseIt() {
        window.claim(5, digest(1));
        window.release(5, null, new IllegalStateException());

        use(5, 2);
    }

    @Example
    void givenAFrameOfAnotherDoorBeforeOurs_whenOursIsConfirmed_thenTheFirstInTheLogCounts() {
        SequenceWindow.Claim claim = window.claim(5, digest(1));
        window.read(frame(5, 2, 7));
        assertThat(claim).isInstanceOfSatisfying(SequenceWindow.Claim.Fresh.class, fresh -> {
            var waiting = fresh.answer().toFuture();
            assertThat(waiting).as("not told another's answer").isNotDone();
            window.written(frame(5, 1, 8));
            assertThat(waiting)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(SequenceWindow.OvertakenException.class);
        });

        assertThat(window.claim(5, digest(2))).isInstanceOf(SequenceWindow.Claim.Repeat.class);
        assertThat(window.claim(5, digest(1))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
    }

    @Example
    void givenAFrameOfOurs_whenAnEarlierOneOfItsNumberIsRead_thenThatOneCounts() {
        use(5, 1);
        window.read(frame(5, 2, 6));

        assertThat(window.claim(5, digest(2))).isInstanceOf(SequenceWindow.Claim.Repeat.class);
        assertThat(window.claim(5, digest(1))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
    }

    @Example
    void givenAGatewayWhoseReadingsAreRefusedByTurns_whenItGoesOn_thenItsWindowTakesNoMoreThanItMay() {
        List<Frame.Refused> byTurns = IntStream.range(0, 2_000)
                .mapToObj(index -> new Frame.Refused(index, RefusalCode.values()[index % 2]))
                .toList();
        for (int sequence = 0; sequence < 400; sequence++) {
            window.read(new UsedNumber(digest(sequence), new Answer(sequence, 0, byTurns), sequence));
        }

        KeptWindow kept = window.kept(400, 399);
        assertThat(kept.bytes().length).isLessThan(UsedNumbers.MOST_REFUSAL_BYTES + 40 * UsedNumbers.SIZE);
        assertThat(window.claim(399, digest(399)))
                .isInstanceOfSatisfying(
                        SequenceWindow.Claim.Repeat.class,
                        repeat -> assertThat(repeat.answer().toFuture())
                                .isCompletedWithValue(new Answer(399, 0, byTurns)));
        assertThat(window.claim(0, digest(0))).isInstanceOf(SequenceWindow.Claim.TooOld.class);
    }

    @Example
    void givenTooManyUnderWay_whenOneMoreComes_thenItIsBusy() {
        for (int i = 0; i < 4; i++) {
            window.claim(i, digest(i));
        }

        assertThat(window.claim(4, digest(4))).isInstanceOf(SequenceWindow.Claim.Busy.class);
    }

    /** Against a plain model: the 1,024 highest are kept. */
    @Property(tries = 200)
    void givenAnyNumbers_whenUsed_thenTheyAreRememberedAsAPlainModelDoes(
            @ForAll @Size(min = 1_000, max = 2_500) List<@IntRange(max = 4_000) Integer> numbers) {
        SequenceWindow tried = new SequenceWindow(4);
        TreeMap<Long, Integer> model = new TreeMap<>();
        List<Integer> order = new ArrayList<>(numbers);
        for (int number : order) {
            long sequence = number;
            SequenceWindow.Claim claim = tried.claim(sequence, digest(number));
            if (model.containsKey(sequence)) {
                assertThat(claim).isInstanceOf(SequenceWindow.Claim.Repeat.class);
            } else if (!model.isEmpty() && model.lastKey() - sequence >= SequenceWindow.SIZE) {
                assertThat(claim).isInstanceOf(SequenceWindow.Claim.TooOld.class);
            } else {
                assertThat(claim).isInstanceOf(SequenceWindow.Claim.Fresh.class);
                tried.written(frame(sequence, number, model.size()));
                model.put(sequence, number);
                if (model.size() > SequenceWindow.SIZE) {
                    model.pollFirstEntry();
                }
            }
        }
    }
}
