package io.forgewatch.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SentAtTest {

    private static final Instant CAUSE = Instant.parse("2026-11-24T12:00:00Z");
    private static final EnterpriseId WORKS = new EnterpriseId(Alarms.ENTERPRISE);

    @Test
    void given_a_cause_of_twenty_minutes_ago_when_sent_then_it_is_of_now_and_the_same_for_its_key() {
        AssessRisk wanted = new AssessRisk(WORKS, CAUSE);

        assertThat(SentAt.now(wanted, CAUSE.plusSeconds(1_200).plusNanos(999)))
                .isEqualTo(new AssessRisk(WORKS, CAUSE.plusSeconds(1_200)));
        assertThat(IdempotencyKeys.bodyHash(SentAt.now(wanted, CAUSE.plusSeconds(1_200))))
                .isEqualTo(IdempotencyKeys.bodyHash(wanted));
    }

    @Test
    void given_a_moment_that_is_not_over_when_sent_then_it_stays() {
        AssessRisk wanted = new AssessRisk(WORKS, CAUSE);

        assertThat(SentAt.now(wanted, CAUSE.minusSeconds(1))).isSameAs(wanted);
        assertThat(SentAt.now(wanted, CAUSE.plusNanos(10))).isSameAs(wanted);
    }

    @Test
    void given_commands_that_differ_in_their_moment_only_then_they_are_the_same_at_any_time() {
        assertThat(SentAt.anyTime(new AssessRisk(WORKS, CAUSE)))
                .isEqualTo(SentAt.anyTime(new AssessRisk(WORKS, CAUSE.plusSeconds(9))))
                .isNotEqualTo(SentAt.anyTime(new AssessRisk(new EnterpriseId("GT3702110002"), CAUSE)));
        AlarmCommand back = Alarms.back(1, 2);
        assertThat(SentAt.now(back, back.at().plusSeconds(5)).at())
                .isEqualTo(back.at().plusSeconds(5));
    }
}
