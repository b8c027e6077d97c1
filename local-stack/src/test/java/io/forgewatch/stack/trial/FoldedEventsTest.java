package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of the counters is judged by hand. */
class FoldedEventsTest {

    private static final String HERE = "GT3702110001";
    private static final String BESIDE = "GT3702120001";
    private static final String DEVICE = HERE + "010001";
    private static final Jurisdiction NATION = new Jurisdiction.Nation();
    /** In Shanghai it is 07:30 of the 29th. */
    private static final Instant NOW = Instant.parse("2026-11-28T23:30:00Z");

    private final List<FoldedEvents.Stored> events = new ArrayList<>();

    @Test
    void given_nothing_when_counted_then_every_counter_is_there_and_zero() {
        assertThat(counters(NATION, 100).values()).isNotEmpty().allMatch(count -> count == 0);
        assertThat(counters(NATION, 100)).containsKeys("enterprises.byLevel.RED", "warnings.byLevel.BLUE");
    }

    @Test
    void given_works_with_alarms_and_a_warning_when_counted_then_each_jurisdiction_has_its_own() {
        given(registered(HERE), registered(BESIDE), device(), raised(NOW.minusSeconds(60)), warning(), signed());
        assertThat(counters(NATION, 100))
                .containsEntry("enterprises.total", 2)
                .containsEntry("enterprises.byLevel.BLUE", 2)
                .containsEntry("devices.total", 1)
                .containsEntry("points.total", 0)
                .containsEntry("alarms.open", 1)
                .containsEntry("alarms.today", 1)
                .containsEntry("warnings.open", 1)
                .containsEntry("warnings.byLevel.ORANGE", 1)
                .containsEntry("warnings.overdue", 0);
        assertThat(counters(new Jurisdiction.Region("370212"), 100))
                .containsEntry("enterprises.total", 1)
                .containsEntry("alarms.open", 0)
                .containsEntry("warnings.open", 0);
        assertThat(new FoldedEvents(events).scopes())
                .containsExactlyInAnyOrder(
                        "nation",
                        "region:37",
                        "region:3702",
                        "region:370211",
                        "region:370212",
                        "enterprise:" + HERE,
                        "enterprise:" + BESIDE);
        assertThat(new FoldedEvents(events).raised()).containsExactly(DEVICE + ".BF_CW_P");
        assertThat(new FoldedEvents(events).issued()).containsExactly(5L);
    }

    @Test
    void given_an_alarm_raised_twice_cleared_or_before_midnight_in_shanghai_when_counted_then_it_is_open_once_or_not() {
        Instant yesterday = Instant.parse("2026-11-28T15:59:59Z");
        given(registered(HERE), device(), raised(yesterday), raised(yesterday));
        assertThat(counters(NATION, 100)).containsEntry("alarms.open", 1).containsEntry("alarms.today", 0);
        given(new AlarmCleared(alarm(yesterday), null, null, null, NOW));
        assertThat(counters(NATION, 100)).containsEntry("alarms.open", 0);
        assertThat(counters(NATION, 4)).as("as it was before that").containsEntry("alarms.open", 1);
    }

    @Test
    void given_a_warning_that_nobody_signed_in_time_when_counted_then_it_is_overdue_until_it_is_closed() {
        given(registered(HERE), warning());
        Instant later = NOW.plusSeconds(2_000);
        FoldedEvents unsigned = new FoldedEvents(events);
        assertThat(unsigned.counters(NATION, 100, later)).containsEntry("warnings.overdue", 1);
        given(new WarningClosed(HERE + "-W1", NOW));
        assertThat(new FoldedEvents(events).counters(NATION, 100, later))
                .containsEntry("warnings.open", 0)
                .containsEntry("warnings.overdue", 0);
    }

    private void given(DomainEvent... happened) {
        for (DomainEvent event : happened) {
            events.add(new FoldedEvents.Stored(events.size() + 1L, event));
        }
    }

    private Map<String, Integer> counters(Jurisdiction scope, long upTo) {
        return new FoldedEvents(events).counters(scope, upTo, NOW);
    }

    private static DomainEvent registered(String id) {
        EnterpriseId enterprise = new EnterpriseId(id);
        return new EnterpriseRegistered(
                id, "示范钢铁", enterprise.region(), enterprise.industry(), RiskProfile.STEEL_LONG, null, NOW);
    }

    private static DomainEvent device() {
        return new DeviceRegistered(DEVICE, HERE, "01", "1#高炉", "炉前", List.of(), NOW);
    }

    private static String alarm(Instant onset) {
        return new AlarmId(DEVICE, "BF_CW_P", Direction.LOW, onset.toEpochMilli()).toString();
    }

    private static DomainEvent raised(Instant at) {
        return new AlarmRaised(
                alarm(at),
                DEVICE,
                "01",
                "炉前",
                "BF_CW_P",
                Direction.LOW,
                Limit.L,
                Severity.A,
                0.28,
                0.30,
                1,
                "MPa",
                at,
                at,
                List.of(),
                null,
                1);
    }

    private static DomainEvent warning() {
        return new WarningIssued(
                HERE + "-W1",
                RiskLevel.ORANGE,
                60,
                new BilingualText("冷却水压力低低", "Cooling water pressure low-low"),
                List.of(alarm(NOW)),
                1,
                1,
                new Demand(
                        1,
                        RiskLevel.ORANGE,
                        new Deadlines(NOW.plusSeconds(1_800), NOW.plusSeconds(14_400), NOW.plusSeconds(86_400))),
                NOW,
                NOW);
    }

    private static DomainEvent signed() {
        return new WarningSigned(HERE + "-W1", "works", NOW);
    }
}
