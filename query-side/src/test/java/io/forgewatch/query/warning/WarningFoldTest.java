package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.feedback.FeedbackVerdict;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningEvent.WarningVerified;
import io.forgewatch.event.warning.WarningStatus;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.StoredJson;
import io.forgewatch.query.warning.WarningView.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WarningFoldTest {

    private static final Instant START = Instant.parse("2026-11-24T22:00:00Z");
    private static final String W1 = "GT3702110001-W1";
    private static final BilingualText TEXT = new BilingualText("预警", "warning");

    private final Story story = new Story(START);
    private final WarningFold fold = new WarningFold();
    private WarningFold.@Nullable Kept kept;
    private long position;

    private void happened(DomainEvent event) {
        RecordedEvent recorded = story.record(event);
        position = recorded.position();
        kept = fold.after(kept, W1, recorded);
    }

    private WarningView view() {
        assertThat(kept).isNotNull();
        return kept.warning();
    }

    private static Deadlines deadlines(int minutes) {
        Instant at = START.plusSeconds(60L * minutes);
        return new Deadlines(at, at.plusSeconds(60), at.plusSeconds(120), at.plusSeconds(180));
    }

    private void issued(RiskLevel level) {
        happened(new WarningIssued(
                W1, level, 40, TEXT, List.of("a"), 1, 1, new Demand(1, level, deadlines(10)), START, START));
    }

    private void added(RiskLevel level, @Nullable Demand demand, List<String> alarms) {
        happened(new WarningSegmentAdded(W1, level, 80, TEXT, alarms, alarms.size(), 900, demand, null, START, START));
    }

    private static FeedbackSubmitted submitted(int number, int demand) {
        return new FeedbackSubmitted(W1, number, demand, "c", "m", PersonalText.plain("w"), START, "zhao", START);
    }

    @Test
    void given_a_week_of_segments_when_folded_then_the_document_keeps_the_newest_and_counts_them() {
        issued(RiskLevel.RED);
        List<String> alarms = IntStream.range(0, 50)
                .mapToObj(number -> "GT3702110001010001.BF_CW_P.LOW.17324400001" + number)
                .toList();
        for (int segment = 0; segment < 10_000; segment++) {
            added(RiskLevel.RED, null, alarms);
        }

        assertThat(view().segmentCount()).isEqualTo(10_001);
        assertThat(view().segments()).hasSize(1);
        assertThat(Documents.document(new Held<>(W1, position, kept), fold)
                        .toJson()
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(16_384);
    }

    @Test
    void given_a_newer_demand_when_folded_then_it_is_told_with_its_deadlines_and_is_to_be_signed() {
        issued(RiskLevel.YELLOW);
        happened(new WarningSigned(W1, "zhao", START));
        added(RiskLevel.RED, new Demand(2, RiskLevel.RED, deadlines(30)), List.of());

        assertThat(view().demand()).isEqualTo(2);
        assertThat(view().status()).isEqualTo(WarningStatus.UNSIGNED);
        assertThat(view().deadlines()).isEqualTo(deadlines(30));
        assertThat(view().segments().getLast().demand()).isEqualTo(2);
        added(RiskLevel.YELLOW, null, List.of());
        assertThat(view().deadlines()).isEqualTo(deadlines(30));
    }

    @Test
    void given_answers_when_folded_then_each_says_what_it_answers_and_what_became_of_it() {
        issued(RiskLevel.ORANGE);
        assertThat(view().missing())
                .containsExactly(
                        Missing.SIGNATURE,
                        Missing.FEEDBACK,
                        Missing.ACCEPTANCE,
                        Missing.VERIFICATION,
                        Missing.ALARMS_AND_RISK);
        happened(new WarningSigned(W1, "zhao", START));
        happened(submitted(1, 1));
        happened(submitted(2, Demand.UNNUMBERED));
        happened(new FeedbackAccepted(W1, 2, "qian", START));
        assertThat(view().answers())
                .containsExactly(
                        new Answer(1, 1, FeedbackVerdict.PENDING, START),
                        new Answer(2, 1, FeedbackVerdict.ACCEPTED, START));
        assertThat(view().missing()).containsExactly(Missing.VERIFICATION, Missing.ALARMS_AND_RISK);
        happened(new WarningVerified(W1, true, "n", "qian", START));
        assertThat(view().missing()).containsExactly(Missing.ALARMS_AND_RISK);
        happened(new WarningClosed(W1, START));
        assertThat(view().missing()).isEmpty();
    }

    @Test
    void given_missed_deadlines_when_folded_then_the_view_says_which_and_who_heard_of_them() {
        issued(RiskLevel.RED);
        assertThat(view().escalatedTo()).isNull();
        happened(new WarningEscalated(W1, 1, DeadlineKind.FEEDBACK, "PROVINCE", START));
        happened(new WarningEscalated(W1, Demand.UNNUMBERED, DeadlineKind.SIGN, "CITY", START));

        assertThat(view().escalatedTo()).isEqualTo("PROVINCE");
        assertThat(view().escalations())
                .containsExactly(
                        new WarningView.Escalation(1, DeadlineKind.FEEDBACK, "PROVINCE", START),
                        new WarningView.Escalation(1, DeadlineKind.SIGN, "CITY", START));
        for (int demand = 2; demand < 40; demand++) {
            happened(new WarningEscalated(W1, demand, DeadlineKind.SIGN, "CITY", START));
        }
        assertThat(view().escalations()).hasSize(20).last().extracting("demand").isEqualTo(39);
        assertThat(view().escalatedTo()).isEqualTo("PROVINCE");
    }

    @Test
    void given_more_answers_than_a_view_shows_then_they_are_counted() {
        issued(RiskLevel.YELLOW);
        happened(new WarningSigned(W1, "zhao", START));
        for (int number = 1; number <= 60; number++) {
            happened(submitted(number, 1));
            happened(new FeedbackReturned(W1, number, "r", "qian", START));
        }

        assertThat(view().answers()).hasSize(50).last().isEqualTo(new Answer(60, 1, FeedbackVerdict.RETURNED, START));
        assertThat(view().answerCount()).isEqualTo(60);
    }

    @Test
    void given_a_demand_that_is_coming_then_closing_waits_for_it() {
        Instant later = START.plusSeconds(600);
        issued(RiskLevel.YELLOW);
        happened(new WarningSegmentAdded(W1, RiskLevel.YELLOW, 80, TEXT, List.of(), 0, 1, null, later, START, START));

        assertThat(view().demandsAt()).isEqualTo(later);
        assertThat(view().missing()).contains(Missing.DEMAND);
        added(RiskLevel.YELLOW, new Demand(2, RiskLevel.YELLOW, deadlines(30)), List.of());
        assertThat(view().demandsAt()).isNull();
        assertThat(view().missing()).doesNotContain(Missing.DEMAND);
    }

    @Test
    void given_a_segment_of_before_that_named_all_open_alarms_then_it_names_fifty_and_counts_them() {
        String all = IntStream.range(0, 1_000)
                .mapToObj(number -> "\"a" + number + "\"")
                .collect(java.util.stream.Collectors.joining(","));
        happened(EventJson.payload(
                "WarningIssued",
                1,
                ("{\"warningId\":\"" + W1
                                + "\",\"level\":\"RED\",\"riskIndex\":80,\"message\":{\"zh\":\"a\",\"en\":\"b\"},"
                                + "\"alarms\":[" + all + "],\"deadlines\":{\"sign\":\"" + START + "\",\"feedback\":\""
                                + START + "\",\"resolve\":\"" + START + "\"},\"at\":\"" + START + "\"}")
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(view().segments().getLast().alarms()).hasSize(50);
        assertThat(view().segments().getLast().alarmCount()).isEqualTo(1_000);
    }

    @Test
    void given_a_document_of_the_version_before_when_read_then_it_is_a_warning_still() {
        Document content = Document.parse("{\"order\": 7, \"progress\": {\"status\": \"SIGNED\", \"level\": \"RED\","
                + " \"highest\": \"RED\", \"everAnswered\": false, \"verified\": false}, \"warning\": {\"id\": \"" + W1
                + "\", \"enterpriseId\": \"GT3702110001\", \"level\": \"RED\", \"status\": \"SIGNED\", \"riskIndex\": 80,"
                + " \"message\": {\"zh\": \"a\", \"en\": \"b\"}, \"issuedAt\": \"2026-11-24T22:00:00.000Z\", \"closedAt\":"
                + " null, \"deadlines\": {\"sign\": \"2026-11-24T22:10:00.000Z\", \"feedback\":"
                + " \"2026-11-24T22:30:00.000Z\", \"resolve\": \"2026-11-25T00:00:00.000Z\"}, \"segments\": [{\"level\":"
                + " \"YELLOW\", \"from\": \"2026-11-24T22:00:00.000Z\", \"alarms\": [\"a\"]}, {\"level\": \"RED\", \"from\":"
                + " \"2026-11-24T22:00:00.000Z\", \"alarms\": [\"a\", \"b\"]}]}}");

        WarningView read = StoredJson.read(content, WarningFold.Kept.class).warning();

        assertThat(read.segmentCount()).isNull();
        assertThat(read.answers()).isNull();
        assertThat(read.missing()).isNull();
        assertThat(read.demand()).isNull();
        assertThat(read.newest(1).segments())
                .singleElement()
                .satisfies(segment -> assertThat(segment.alarmCount()).isNull());
    }
}
