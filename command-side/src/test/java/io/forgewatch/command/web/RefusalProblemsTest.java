package io.forgewatch.command.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.EventTooLargeException;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.web.Problem;
import io.forgewatch.web.ProblemCatalogue;
import org.junit.jupiter.api.Test;

class RefusalProblemsTest {

    private final RefusalProblems problems = new RefusalProblems();

    @Test
    void given_an_event_that_would_be_too_large_when_a_person_asked_for_it_then_422_in_both_languages() {
        EventTooLargeException tooLarge = new EventTooLargeException("FeedbackSubmitted", "a payload of 2000000 bytes");

        Problem problem = problems.problem(tooLarge).orElseThrow();

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("event-too-large");
        assertThat(problem.detail()).contains("too large", "过大");
        assertThat(ProblemCatalogue.read().entry(problem.code()).orElseThrow().status())
                .isEqualTo(422);
        // What goes on by itself must not take it for an answer.
        assertThat(RefusedException.isAnswer(tooLarge)).isFalse();
    }

    @Test
    void given_a_name_of_any_length_when_told_then_the_message_stays_short() {
        assertThat(new EventTooLargeException("x".repeat(100_000), "y".repeat(100_000)).getMessage())
                .hasSizeLessThan(500);
    }

    @Test
    void given_a_refusal_when_told_then_its_kind_is_the_status_and_anything_else_is_none() {
        Problem problem = problems.problem(
                        new RefusedException(new Refusal(Refusal.Kind.CONFLICT, "alarm-cleared", "已消除。", "Cleared.")))
                .orElseThrow();

        assertThat(problem.status()).isEqualTo(409);
        assertThat(problems.problem(new IllegalStateException("a fault"))).isEmpty();
    }
}
