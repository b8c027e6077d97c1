package io.forgewatch.query.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.EndReason;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultAccepted;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultClaimed;
import io.forgewatch.event.alarm.AlarmEvent.SensorFaultRejected;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.query.given.Story;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlarmFoldTest {

    private static final String WORKS = "GT3702110001";

    private final Story story = new Story(Instant.parse("2026-11-24T15:59:00Z"));
    private final AlarmFold fold = new AlarmFold();
    private final String id = story.alarmId(WORKS);
    private AlarmFold.@Nullable Kept kept;

    private AlarmView after(RecordedEvent... events) {
        for (RecordedEvent event : events) {
            for (String each : fold.ids(event.event())) {
                kept = fold.after(kept, each, event);
            }
        }
        return kept.alarm();
    }

    @Test
    void given_an_alarm_at_ll_that_came_back_when_l_is_broken_again_then_it_is_still_the_one_that_reached_ll() {
        AlarmView view = after(
                story.alarm(WORKS),
                story.record(new AlarmUpgraded(id, Limit.LL, Severity.A, 0.1, 0.2, story.now(), List.of())),
                story.record(new AlarmReturned(id, 0.4, story.now())),
                story.record(new AlarmSettled(id, story.now())),
                story.record(new AlarmBreachedAgain(id, Limit.L, 0.29, 5, story.now())));

        assertThat(view.limit()).isEqualTo(Limit.LL);
        assertThat(view.status()).isEqualTo(AlarmStatus.ACTIVE);
        assertThat(view.returnedAt()).isNull();
        assertThat(view.settledAt()).isNull();
        assertThat(view.value()).isEqualTo(0.29);
    }

    @Test
    void given_a_returned_alarm_when_it_settled_then_a_person_sees_since_when() {
        AlarmView view = after(
                story.alarm(WORKS),
                story.record(new AlarmReturned(id, 0.4, story.now())),
                story.record(new AlarmSettled(id, story.now().plusSeconds(300))));

        assertThat(view.status()).isEqualTo(AlarmStatus.RETURNED);
        assertThat(view.settledAt()).isEqualTo(story.now().plusSeconds(300));
        assertThat(fold.keys(kept)).containsEntry(AlarmFold.OPEN, true).containsEntry("status", "RETURNED");
    }

    @Test
    void given_an_alarm_in_breach_when_a_decision_ended_it_then_it_is_cleared_and_says_why() {
        AlarmView view = after(
                story.alarm(WORKS),
                story.record(new AlarmAcknowledged(id, "li", story.now())),
                story.record(new AlarmEnded(id, EndReason.SENSOR_FAULT, "wang", story.now())));

        assertThat(view.status()).isEqualTo(AlarmStatus.CLEARED);
        assertThat(view.ended()).isEqualTo(EndReason.SENSOR_FAULT);
        assertThat(view.clearedAt()).isEqualTo(story.now());
        assertThat(fold.keys(kept)).containsEntry(AlarmFold.OPEN, false);
    }

    @Test
    void given_a_claim_that_the_sensor_is_dead_when_it_is_decided_then_both_are_read() {
        RecordedEvent claim = story.record(
                new SensorFaultClaimed(id, "输出恒为 0", "人工抄表", story.now().plusSeconds(3_600), "works", story.now()));
        AlarmView claimed = after(story.alarm(WORKS), claim);
        assertThat(claimed.sensorFault().state()).isEqualTo(SensorFault.State.CLAIMED);
        assertThat(claimed.sensorFault().substitute()).isEqualTo("人工抄表");
        assertThat(claimed.sensorFault().decidedBy()).isNull();

        AlarmView rejected = after(
                story.alarm(WORKS), claim, story.record(new SensorFaultRejected(id, "证据不足", "shandong", story.now())));
        assertThat(rejected.sensorFault().state()).isEqualTo(SensorFault.State.REJECTED);
        assertThat(rejected.sensorFault().reason()).isEqualTo("证据不足");

        AlarmView ended = after(
                story.alarm(WORKS),
                claim,
                story.record(new SensorFaultAccepted(id, "shandong", story.now())),
                story.record(new AlarmEnded(id, EndReason.SENSOR_FAULT, "shandong", story.now())),
                story.record(new PointOutOfForce(id, story.now().plusSeconds(3_600), "shandong", story.now())));
        assertThat(ended.sensorFault().state()).isEqualTo(SensorFault.State.ACCEPTED);
        assertThat(ended.sensorFault().decidedBy()).isEqualTo("shandong");
        assertThat(ended.status()).isEqualTo(AlarmStatus.CLEARED);
    }

    @Test
    void given_an_alarm_that_cleared_when_read_then_nothing_ended_it() {
        assertThat(after(story.alarm(WORKS), story.record(new AlarmCleared(id, null, null, null, story.now())))
                        .ended())
                .isNull();
    }

    @Test
    void given_a_late_alarm_when_read_then_it_was_never_open() {
        AlarmView view = after(story.alarmOf(AlarmId.FORM.parse(id), Limit.L, true));

        assertThat(view.late()).isTrue();
        assertThat(view.status()).isEqualTo(AlarmStatus.CLEARED);
        assertThat(view.clearedAt()).isEqualTo(story.now());
        assertThat(fold.keys(kept)).containsEntry(AlarmFold.OPEN, false);
    }

    @Test
    void given_an_alarm_of_the_works_when_read_then_its_subject_is_the_works_and_no_device() {
        AlarmView view = after(story.alarmOf(new AlarmId(WORKS, "_", Direction.QUALITY, 1), Limit.FAULT, false));

        assertThat(view.subject()).isEqualTo(WORKS);
        assertThat(view.enterpriseId()).isEqualTo(WORKS);
        assertThat(view.deviceId()).isNull();
        assertThat(fold.keys(kept)).containsEntry(AlarmFold.SUBJECT, WORKS).containsEntry(AlarmFold.DEVICE, null);
    }

    @Test
    void given_an_event_of_an_alarm_that_was_never_raised_when_folded_then_refused() {
        assertThatThrownBy(() -> after(story.record(new AlarmSettled(id, story.now()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(id);
    }
}
