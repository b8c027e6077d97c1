package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The verb around the trials. */
class TrialRunTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Holds when it is made with 5 seconds. */
    private static final class FiveSeconds implements Trial {

        @Override
        public String name() {
            return "five";
        }

        @Override
        public String sentence() {
            return "Five seconds are five seconds.";
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting("seconds", "5", "how long"), new Setting("rounds", "one", "which"));
        }

        @Override
        public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) {
            TrialReport.Notes notes = new TrialReport.Notes();
            notes.add("five seconds", set.seconds("seconds").toSeconds() + " s", set.number("seconds") == 5);
            notes.add("a round", set.text("rounds"), true);
            return notes.report();
        }
    }

    @Test
    void given_no_name_when_run_then_the_trials_are_listed_with_a_sentence_and_their_settings() throws Exception {
        assertThat(run()).isZero();
        assertThat(printed()).contains("five", "Five seconds are five seconds.", "--seconds", "how long (5)");
    }

    @Test
    void given_a_trial_that_holds_when_run_then_it_ends_with_0_and_tells_what_was_expected_and_seen() throws Exception {
        assertThat(run("five")).isZero();
        assertThat(printed()).contains("Trial five: held", "held    five seconds", "seen: 5 s");
    }

    @Test
    void given_a_trial_that_does_not_hold_when_run_then_it_ends_with_1_and_says_which_check_failed() throws Exception {
        assertThat(run("five", "--seconds", "6", "--rounds=two")).isEqualTo(1);
        assertThat(printed())
                .contains("Trial five: FAILED", "FAILED  five seconds", "seen: 6 s", "held    a round", "seen: two");
    }

    @Test
    void given_what_there_is_not_when_run_then_that_is_misuse_and_what_there_is_is_named() {
        assertThatThrownBy(() -> run("six")).isInstanceOf(UsageException.class).hasMessageContainingAll("six", "five");
        assertThatThrownBy(() -> run("five", "--minutes", "1"))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("--minutes", "--seconds", "--rounds");
        assertThatThrownBy(() -> run("five", "seconds", "1")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("five", "--seconds"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--seconds needs a value");
        assertThatThrownBy(() -> run("five", "--seconds", "0"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'0'");
    }

    @Test
    void given_a_trial_that_looked_at_nothing_when_judged_then_it_did_not_hold() {
        assertThat(new TrialReport(List.of()).held()).isFalse();
    }

    @Test
    void given_the_trials_there_are_when_listed_then_each_says_what_it_is() throws Exception {
        assertThat(TrialRun.of(List.of(), options(), progress())).isZero();
        assertThat(printed()).contains("store-away", "gate-closed", "cut-cable");
    }

    private int run(String... arguments) throws Exception {
        return TrialRun.of(List.of(new FiveSeconds()), List.of(arguments), options(), progress());
    }

    private Progress progress() {
        return new Progress(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static StackOptions options() {
        return StackOptions.parse(List.of(), Map.of());
    }
}
