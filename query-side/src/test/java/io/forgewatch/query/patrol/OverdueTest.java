package io.forgewatch.query.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.query.given.Story;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Until when an enterprise owes what: what the nation's screen counts as overdue. */
class OverdueTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final String WORKS = "GT3702110001";
    private static final String W1 = WORKS + "-W1";
    private static final BilingualText TEXT = new BilingualText("预警", "warning");

    private final Story story = new Story(START);
    private final EnterpriseTallyFold fold = new EnterpriseTallyFold();
    private @Nullable EnterpriseTally tally;

    private void happened(DomainEvent event) {
        tally = fold.after(tally, WORKS, story.record(event));
    }

    private Optional<Instant> due() {
        assertThat(tally).isNotNull();
        assertThat(tally.openWarning()).isNotNull();
        return tally.openWarning().due();
    }

    private static Instant minute(int minutes) {
        return START.plusSeconds(60L * minutes);
    }

    private void yellow() {
        happened(new WarningIssued(
                W1,
                RiskLevel.YELLOW,
                40,
                TEXT,
                List.of(),
                0,
                0,
                new Demand(1, RiskLevel.YELLOW, new Deadlines(minute(30), minute(240), minute(1_440))),
                START,
                START));
    }

    private void red(int minutes) {
        happened(new WarningSegmentAdded(
                W1,
                RiskLevel.RED,
                80,
                TEXT,
                List.of(),
                0,
                0,
                new Demand(
                        2,
                        RiskLevel.RED,
                        new Deadlines(minute(minutes + 10), minute(minutes + 30), minute(minutes + 120))),
                null,
                minute(minutes),
                minute(minutes)));
    }

    private void answered(int number, int demand) {
        happened(new FeedbackSubmitted(W1, number, demand, "c", "m", PersonalText.plain("w"), START, "zhao", START));
    }

    @Test
    void given_a_works_that_did_its_part_when_the_level_rises_then_it_is_overdue_only_when_the_new_time_is_over() {
        yellow();
        happened(new WarningSigned(W1, "zhao", minute(5)));
        answered(1, 1);
        assertThat(due()).isEmpty();
        red(360);

        assertThat(due()).contains(minute(370));
    }

    @Test
    void given_a_deadline_that_was_missed_when_a_newer_demand_is_told_then_it_stays_missed_until_it_is_met() {
        yellow();
        happened(new WarningSigned(W1, "zhao", minute(5)));
        red(360);

        assertThat(due()).contains(minute(240));
        happened(new WarningSigned(W1, "zhao", minute(365)));
        answered(1, 1);
        assertThat(due()).contains(minute(240));
        answered(2, 2);
        assertThat(due()).contains(minute(480));
        happened(new FeedbackReturned(W1, 2, "r", "qian", minute(370)));
        // It is missing again, and is due since it first was.
        assertThat(due()).contains(minute(240));
        answered(3, 2);
        happened(new FeedbackAccepted(W1, 3, "qian", minute(380)));
        assertThat(due()).isEmpty();
    }
}
