package io.forgewatch.stack.bench;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningEvent.WarningSegmentAdded;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to a country before: its enterprises and their devices are registered, then warnings follow one another, each of some
 * alarms of one enterprise that came back a few times, were settled and cleared. All is over at the end. The same size has the same
 * history, chapter by chapter, so that who was interrupted goes on where he was.
 */
final class History {

    static final int ALARMS_A_WARNING = 3;
    private static final int TIMES_AGAIN = 5;

    /** An alarm's life, and what was said of the risk and of the warning for it; then the end of both. */
    static final int EVENTS_A_WARNING = ALARMS_A_WARNING * (2 + 2 * TIMES_AGAIN + 3 + 2) + 3;

    private static final String BY = "account/zhang.wei";
    private static final String MODEL = "1";
    private static final double PRESSURE = 0.18;
    private static final double LOWEST = 0.2;
    private static final int SECONDS_A_WARNING = 100;
    private static final Instant REGISTERED = Instant.parse("2026-01-05T00:00:00Z");
    private static final BilingualText TEXT = new BilingualText("冷却水总管压力低低", "Cooling water pressure low low");

    private final BehindSize size;
    private final List<MonitoringPoint> points;

    History(BehindSize size) {
        this.size = size;
        Catalogue catalogue = Catalogue.standard();
        this.points = BenchWorks.QUANTITIES.stream()
                .map(quantity -> catalogue.resolve("01", PointRatings.of(quantity.indicator())))
                .map(resolved -> ((PointResolution.Resolved) resolved).point())
                .toList();
    }

    /** How many chapters it takes to have as many events as are wanted. */
    int chapters() {
        int left = size.events() - size.enterprises() - size.devices();
        return size.enterprises() + (left + EVENTS_A_WARNING - 1) / EVENTS_A_WARNING;
    }

    /** How many events stand before a chapter. */
    long before(int chapter) {
        int registrations = Math.min(chapter, size.enterprises());
        long warnings = chapter - registrations;
        return registrations + size.firstDevice(registrations) + warnings * EVENTS_A_WARNING;
    }

    /** The events of one: of an enterprise with its devices, or of a warning. */
    List<DomainEvent> chapter(int number) {
        return number < size.enterprises() ? registration(number) : warning(number - size.enterprises());
    }

    private List<DomainEvent> registration(int enterprise) {
        String id = BenchCountry.enterpriseId(enterprise);
        List<DomainEvent> events = new ArrayList<>();
        events.add(new EnterpriseRegistered(
                id,
                "Benchmark works " + id,
                id.substring(2, 8),
                RiskProfile.STEEL_LONG.industry(),
                RiskProfile.STEEL_LONG,
                null,
                REGISTERED));
        for (int device = 0; device < size.devicesOf(enterprise); device++) {
            events.add(new DeviceRegistered(
                    BenchWorks.deviceId(id, device), id, "01", "Furnace " + (device + 1), "Hall", points, REGISTERED));
        }
        return List.copyOf(events);
    }

    private List<DomainEvent> warning(int number) {
        int enterprise = number % size.enterprises();
        int turn = number / size.enterprises();
        String id = BenchCountry.enterpriseId(enterprise);
        String warning = new WarningId(id, turn + 1).toString();
        Instant begin = REGISTERED.plusSeconds(3_600 + (long) turn * SECONDS_A_WARNING);
        List<DomainEvent> events = new ArrayList<>();
        Instant at = begin;
        for (int i = 0; i < ALARMS_A_WARNING; i++) {
            int device = (turn * ALARMS_A_WARNING + i) % size.devicesOf(enterprise);
            at = begin.plusSeconds(i * 20L);
            String alarm = BenchWorks.deviceId(id, device) + "." + BenchCountry.PRESSURE + ".LOW." + at.toEpochMilli();
            events.add(raised(alarm, BenchWorks.deviceId(id, device), at));
            events.add(risk(id, RiskLevel.YELLOW, i == 0 ? RiskLevel.BLUE : RiskLevel.YELLOW, at));
            events.add(i == 0 ? issued(warning, alarm, at) : segment(warning, alarm, i + 1, at));
            events.add(new AlarmAcknowledged(alarm, BY, at.plusSeconds(1)));
            for (int again = 0; again < TIMES_AGAIN; again++) {
                Instant then = at.plusSeconds(2L + again * 2L);
                events.add(new AlarmReturned(alarm, LOWEST * 2, then));
                events.add(new AlarmBreachedAgain(alarm, Limit.LL, PRESSURE, 1_000, then.plusSeconds(1)));
            }
            Instant end = at.plusSeconds(15);
            events.add(new AlarmReturned(alarm, LOWEST * 2, end));
            events.add(new AlarmSettled(alarm, end.plusSeconds(1)));
            events.add(new AlarmCleared(alarm, BY, "A valve stuck", "Mended", end.plusSeconds(2)));
        }
        events.add(new WarningSigned(warning, BY, at.plusSeconds(30)));
        events.add(risk(id, RiskLevel.BLUE, RiskLevel.YELLOW, at.plusSeconds(31)));
        events.add(new WarningClosed(warning, at.plusSeconds(32)));
        return List.copyOf(events);
    }

    private static AlarmRaised raised(String alarm, String device, Instant at) {
        return new AlarmRaised(
                alarm,
                device,
                "01",
                "Hall",
                BenchCountry.PRESSURE,
                Direction.LOW,
                Limit.LL,
                Severity.A,
                PRESSURE,
                LOWEST,
                1,
                "MPa",
                at,
                at,
                List.of(new CausingReading(at, PRESSURE, 0)),
                null,
                1);
    }

    private static RiskAssessed risk(String enterprise, RiskLevel level, RiskLevel previous, Instant at) {
        double index = level == RiskLevel.BLUE ? 0 : 40;
        return new RiskAssessed(
                enterprise,
                index,
                level,
                previous,
                null,
                List.of(),
                new Contributions(index, 0, 0.0, 1, List.of()),
                MODEL,
                at);
    }

    private static WarningIssued issued(String warning, String alarm, Instant at) {
        return new WarningIssued(
                warning, RiskLevel.YELLOW, 40, TEXT, List.of(alarm), 1, 1, demand(1, at), at.plusMillis(500), at);
    }

    private static WarningSegmentAdded segment(String warning, String alarm, int number, Instant at) {
        return new WarningSegmentAdded(
                warning,
                RiskLevel.YELLOW,
                40,
                TEXT,
                List.of(alarm),
                1,
                number,
                demand(number, at),
                null,
                at.plusMillis(500),
                at);
    }

    private static Demand demand(int number, Instant at) {
        Deadlines deadlines = new Deadlines(at.plusSeconds(1_800), at.plusSeconds(14_400), at.plusSeconds(86_400));
        return new Demand(number, RiskLevel.YELLOW, deadlines);
    }
}
