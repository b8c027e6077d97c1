package io.forgewatch.command.memory;

import io.forgewatch.command.alarm.Alarm;
import io.forgewatch.command.alarm.AlarmCommand.AcceptSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.AcknowledgeAlarm;
import io.forgewatch.command.alarm.AlarmCommand.ClaimSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ClearAlarm;
import io.forgewatch.command.alarm.AlarmCommand.RejectSensorFault;
import io.forgewatch.command.alarm.AlarmCommand.ReportBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportLateBreach;
import io.forgewatch.command.alarm.AlarmCommand.ReportReturn;
import io.forgewatch.command.alarm.AlarmCommand.ReportSettled;
import io.forgewatch.command.connectivity.Connectivity;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.connectivity.GatewaySettings;
import io.forgewatch.command.connectivity.GatewaySettingsCommand.ChangeGatewaySettings;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.enterprise.Enterprise;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterEnterprise;
import io.forgewatch.command.enterprise.EnterpriseCommand.RegisterGateway;
import io.forgewatch.command.equipment.Device;
import io.forgewatch.command.equipment.EquipmentCommand.RegisterDevice;
import io.forgewatch.command.equipment.EquipmentCommand.SetPointRange;
import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.telemetry.CodeMeaning;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Some works' life at random, as the deciders have it: what cannot happen does not. */
final class SomeLife {

    private static final List<String> WORKS = List.of("GT3702110001", "GT3702110002");
    private static final int DEVICES = 3;
    private static final int GATEWAYS = 2;
    private static final Instant START = Instant.parse("2026-11-24T22:00:00Z");
    private static final Actor ACTOR = Actor.system("test");

    private final Random random;
    private final HouseClock clock = new HouseClock(START);
    private final InMemoryCommands store;

    private SomeLife(long seed) {
        random = new Random(seed);
        store = new InMemoryCommands(
                clock,
                List.of(
                        new Enterprise(),
                        new Device(Catalogue.standard()),
                        new Connectivity(),
                        new GatewaySettings(),
                        new Alarm(Catalogue.standard())));
    }

    /** At least so many events, from the first on. */
    static List<RecordedEvent> of(long seed, int events) {
        SomeLife life = new SomeLife(seed);
        while (life.store.recorded().size() < events) {
            life.clock.move(Duration.ofMillis(life.random.nextInt(90_000)));
            life.attempt(life.anything());
        }
        return life.store.recorded();
    }

    private void attempt(Command command) {
        try {
            store.send(command, ACTOR, null).block();
        } catch (RefusedException itCannotBe) {
            // Then something else happens.
        }
    }

    private Command anything() {
        String works = WORKS.get(random.nextInt(WORKS.size()));
        EnterpriseId enterprise = new EnterpriseId(works);
        GatewayId gateway = new GatewayId(works + "-G" + (1 + random.nextInt(GATEWAYS)));
        DeviceId device = new DeviceId(works + "01000" + (1 + random.nextInt(DEVICES)));
        Instant now = clock.instant();
        return switch (random.nextInt(20)) {
            case 0 ->
                new RegisterEnterprise(
                        enterprise,
                        "示范钢铁",
                        enterprise.region(),
                        Industry.STEEL,
                        RiskProfile.STEEL_LONG,
                        null,
                        false,
                        now);
            case 1 -> new RegisterGateway(enterprise, "secret " + random.nextInt(1_000), now);
            case 2, 3 ->
                new RegisterDevice(
                        device,
                        "高炉",
                        "炼铁区",
                        List.of(PointRatings.of("BF_CW_P").with(new Range(0, 1 + random.nextInt(2)))),
                        now);
            case 4 ->
                new SetPointRange(
                        device, "BF_CW_P", new Range(0, 1 + random.nextInt(9)), random.nextBoolean(), "li", now);
            case 5 ->
                new ChangeGatewaySettings(
                        gateway,
                        new GatewayCodes(
                                List.of(new CodeValue(-8_000 - random.nextInt(3), CodeMeaning.FAULT)), List.of()),
                        "li",
                        now);
            case 6 -> new ReportClockWrong(gateway, 300 + random.nextInt(9), now);
            case 7 -> new ReportClockRight(gateway, now);
            case 8 -> new ReportBehind(gateway, 60 + random.nextInt(9), now);
            case 9 -> new ReportCaughtUp(gateway, now);
            default -> ofAnAlarm(alarm(device, now), now);
        };
    }

    private AlarmId alarm(DeviceId device, Instant now) {
        return new AlarmId(
                device.value(),
                "BF_CW_P",
                random.nextInt(3) == 0 ? Direction.HIGH : Direction.LOW,
                now.minusSeconds(random.nextInt(300)).toEpochMilli());
    }

    private Command ofAnAlarm(AlarmId said, Instant now) {
        AlarmId known = raised(said);
        return switch (random.nextInt(12)) {
            case 0, 1 -> breach(said, now);
            case 2 -> new ReportLateBreach(breach(said, now));
            case 3, 4, 5 -> new ReportReturn(said, 0.35, now);
            case 6, 7 -> new ReportSettled(said, 0.35, now);
            case 8 -> new AcknowledgeAlarm(known, "li", now);
            case 9 -> new ClearAlarm(known, "泵跳闸", "换泵", "li", now);
            case 10 -> new ClaimSensorFault(known, "断线", "人工", now.plusSeconds(86_400), "li", now);
            default ->
                random.nextInt(4) == 0
                        ? new RejectSensorFault(known, "再查", "wang", now)
                        : new AcceptSensorFault(known, "wang", now);
        };
    }

    /** The newest alarm of the same point, late ones too; where there is none, one that was never raised. */
    private AlarmId raised(AlarmId like) {
        return store.events().stream()
                .filter(AlarmRaised.class::isInstance)
                .map(event -> AlarmId.FORM.parse(((AlarmRaised) event).alarmId()))
                .filter(id -> id.point().equals(like.point()))
                .reduce((one, later) -> later)
                .orElse(like);
    }

    private ReportBreach breach(AlarmId id, Instant now) {
        boolean extreme = random.nextInt(3) == 0;
        Limit limit = id.direction() == Direction.LOW ? extreme ? Limit.LL : Limit.L : extreme ? Limit.HH : Limit.H;
        return new ReportBreach(
                id,
                "01",
                "炼铁区",
                limit,
                Severity.A,
                0.19,
                0.2,
                1,
                "MPa",
                List.of(new CausingReading(now, 0.19, 0)),
                now);
    }
}
