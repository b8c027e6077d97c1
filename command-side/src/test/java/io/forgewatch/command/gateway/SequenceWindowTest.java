package io.forgewatch.command.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SequenceWindowTest {

    private final SequenceWindow window = new SequenceWindow(4);

    private static byte[] digest(int body) {
        byte[] digest = new byte[32];
        digest[0] = (byte) body;
        digest[1] = (byte) (body >> 8);
        return digest;
    }

    private static Answer answer(long sequence) {
        return new Answer(sequence, 1, List.of());
    }

    private void use(long sequence, int body) {
        assertThat(window.claim(sequence, digest(body))).isInstanceOf(SequenceWindow.Claim.Fresh.class);
        window.record(digest(body), answer(sequence));
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
            window.record(digest(1), answer(5));
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
    void givenAWriteThatNobodyCanVouchFor_whenTheNumberComesAgain_thenOnlyTheSameBodyMayTry() {
        window.claim(5, digest(1));
        window.release(5, true, new IllegalStateException());

        assertThat(window.claim(5, digest(2))).isInstanceOf(SequenceWindow.Claim.Conflict.class);
        use(5, 1);
    }

    @Example
    void givenAWriteThatWasNotMade_whenTheNumberComesAgain_thenAnyBodyMayUseIt() {
        window.claim(5, digest(1));
        window.release(5, false, new IllegalStateException());

        use(5, 2);
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
                tried.record(digest(number), answer(sequence));
                model.put(sequence, number);
                if (model.size() > SequenceWindow.SIZE) {
                    model.pollFirstEntry();
                }
            }
        }
    }
}
