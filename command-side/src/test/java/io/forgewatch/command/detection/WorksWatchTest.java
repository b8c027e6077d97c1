package io.forgewatch.command.detection;

import static io.forgewatch.command.detection.Watched.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OutOfForce;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.telemetry.Quality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One fault, one alarm: a works, its gateway G1, and what is said of what is not heard. The table follows what is said. */
class WorksWatchTest {

    private static final String ENTERPRISE = Watched.ENTERPRISE;
    private static final String GATEWAY = ENTERPRISE + "-G1";

    private final Hearing hearing = new Hearing();
    private final WorksWatch works = new WorksWatch(ENTERPRISE);
    private final Map<String, LiveDevice> devices = new LinkedHashMap<>();
    private final Map<String, OpenAlarm> table = new HashMap<>();
    private final Map<String, OutOfForce> outOfForce = new HashMap<>();
    private final AlarmTable known = new AlarmTable() {
        @Override
        public @Nullable OpenAlarm of(String point) {
            return table.get(point);
        }

        @Override
        public @Nullable OutOfForce outOfForce(String point) {
            return outOfForce.get(point);
        }
    };
    private final List<String> said = new ArrayList<>();
    private final List<FaultAlarm> alarms = new ArrayList<>();

    private String device(String equipmentClass, int number, String... indicators) {
        String id = ENTERPRISE + equipmentClass + String.format("%04d", number);
        List<MonitoringPoint> points = Stream.of(indicators)
                .map(code -> Watched.point(equipmentClass, code))
                .toList();
        devices.put(id, LiveDevice.unknown(new WatchedDevice(new Device(id, ENTERPRISE, equipmentClass, "区", points))));
        return id;
    }

    private void read(long after, String device, String indicator, double value, int quality) {
        LiveDevice live = devices.get(device);
        hearing.heard(T0 + after);
        works.gateway(GATEWAY).heard(hearing.now());
        live.broughtBy(GATEWAY);
        Spoken nobody = new Spoken() {
            @Override
            public void accept(PointRule rule, Verdict verdict) {}

            @Override
            public @Nullable OpenAlarm open(PointRule rule, Direction direction) {
                return null;
            }

            @Override
            public long endedAt(PointRule rule, Direction direction) {
                return 0;
            }

            @Override
            public void failed(Unjudged.Step step, PointRule rule, Throwable failure) {
                throw new AssertionError(failure);
            }

            @Override
            public void well(Unjudged.Step step, PointRule rule) {}
        };
        live.device()
                .read(
                        live,
                        live.device().place(indicator),
                        new Sample(T0 + after, value, quality),
                        T0 + after,
                        false,
                        nobody);
        PointRule rule = live.device().rule(live.device().place(indicator));
        live.memory().point(indicator).heard(hearing.now(), GATEWAY);
        works.live(hearing.now() + rule.silentAfter());
    }

    private void readAll(long after, double value) {
        devices.forEach((id, live) -> live.device()
                .device()
                .points()
                .forEach(point -> read(after, id, point.indicator(), value, Quality.GOOD)));
    }

    /** Somebody else of the partition is heard, or a door's pulse. */
    private void heard(long after) {
        hearing.heard(T0 + after);
        devices.values().forEach(live -> works.look(live, hearing, known));
        works.tick(hearing, known, this::say);
    }

    private void pass(long from, long until) {
        for (long t = from; t <= until; t += 1_000) {
            heard(t);
        }
    }

    private void say(FaultAlarm alarm, Verdict.Kind kind) {
        FaultSpec spec = alarm.spec();
        said.add(kind + " " + spec.key().substring(ENTERPRISE.length()) + " " + spec.severity());
        alarms.add(alarm);
        AlarmId id = new AlarmId(spec.subject(), spec.indicator(), spec.direction(), alarm.onset());
        if (kind == Verdict.Kind.SETTLED) {
            table.remove(id.point());
        } else {
            table.put(
                    id.point(),
                    new OpenAlarm(
                            id,
                            spec.limit(),
                            spec.severity(),
                            kind == Verdict.Kind.RETURN,
                            false,
                            alarm.onset(),
                            spec.fault(),
                            spec.points(),
                            spec.pointCount()));
        }
    }

    @Test
    void givenAWorksOf200Devices_whenItsCableIsOutFor90Seconds_thenThereIsOneAlarm() {
        IntStream.rangeClosed(1, 200).forEach(n -> device("01", n, "BF_CW_P", "BF_CW_F", "BF_TUY_DF"));
        for (long t = 0; t <= 60_000; t += 5_000) {
            readAll(t, 0.5);
            heard(t);
        }
        pass(61_000, 149_000);
        assertThat(said).isEmpty();

        pass(150_000, 600_000);

        assertThat(said).containsExactly("BREACH -G1._.OFFLINE C");
    }

    @Test
    void givenASensorAcceptedToBeDead_whenItsValueStaysBeyondTheLimit_thenAQualityAlarmStaysUntilItIsBack() {
        String furnace = device("01", 1, "BF_CW_P");
        outOfForce.put(furnace + ".BF_CW_P.LOW", force(5_000, 3_600_000));
        for (long t = 0; t <= 100_000; t += 5_000) {
            read(t, furnace, "BF_CW_P", 0.05, Quality.GOOD);
            heard(t);
        }
        assertThat(said).containsExactly("BREACH 010001.BF_CW_P.QUALITY C");
        assertThat(alarms.getFirst().spec().fault()).isEqualTo(Fault.FAILED);

        for (long t = 105_000; t <= 300_000; t += 5_000) {
            read(t, furnace, "BF_CW_P", 0.5, Quality.GOOD);
            heard(t);
        }
        assertThat(said)
                .containsExactly(
                        "BREACH 010001.BF_CW_P.QUALITY C",
                        "RETURN 010001.BF_CW_P.QUALITY C",
                        "SETTLED 010001.BF_CW_P.QUALITY C");
    }

    @Test
    void givenPointsThatCannotBeEvaluated_whenNoReadingOfThemWasEverTaken_thenEachHasAnAlarmAsFailed_untilTheyCan() {
        String furnace = device("01", 1, "BF_CW_P", "BF_TOP_T", "BF_CW_F");
        BrokenPoints broken = devices.get(furnace).memory().broken();
        broken.unread("BF_CW_P");
        broken.untimed("BF_TOP_T", T0);
        for (long t = 0; t <= 100_000; t += 5_000) {
            read(t, furnace, "BF_CW_F", 100, Quality.GOOD);
            heard(t);
        }
        assertThat(said).containsExactly("BREACH 010001.BF_CW_P.QUALITY C", "BREACH 010001.BF_TOP_T.QUALITY C");
        assertThat(alarms).allMatch(alarm -> alarm.spec().fault() == Fault.FAILED);

        broken.clear();
        for (long t = 105_000; t <= 400_000; t += 5_000) {
            read(t, furnace, "BF_CW_F", 100, Quality.GOOD);
            read(t, furnace, "BF_CW_P", 0.5, Quality.GOOD);
            heard(t);
        }
        assertThat(said).contains("SETTLED 010001.BF_CW_P.QUALITY C");
    }

    @Test
    void givenASensorAcceptedToBeDead_whenTheTimeIsOverOrABreachBeganLater_thenThePointIsInForce() {
        String over = device("01", 1, "BF_CW_P");
        String later = device("01", 2, "BF_CW_P");
        outOfForce.put(over + ".BF_CW_P.LOW", force(-60_000, 0));
        outOfForce.put(later + ".BF_CW_P.LOW", force(-60_000, 3_600_000));
        for (long t = 0; t <= 200_000; t += 5_000) {
            read(t, over, "BF_CW_P", 0.05, Quality.GOOD);
            read(t, later, "BF_CW_P", 0.05, Quality.GOOD);
            heard(t);
        }
        assertThat(said).isEmpty();
    }

    private static OutOfForce force(long since, long until) {
        return new OutOfForce(Instant.ofEpochMilli(T0 + since), Instant.ofEpochMilli(T0 + until));
    }

    @Test
    void givenTheGatewaysAlarm_whenNothingIsHeardFor10Minutes_thenTheWorksIsOfflineInItsPlace() {
        String furnace = device("01", 1, "BF_CW_P");
        read(0, furnace, "BF_CW_P", 0.5, 0);
        pass(1_000, 800_000);

        assertThat(said)
                .containsExactly(
                        "BREACH -G1._.OFFLINE C",
                        "BREACH ._.OFFLINE C",
                        "RETURN -G1._.OFFLINE C",
                        "SETTLED -G1._.OFFLINE C");
    }

    @Test
    void givenAnOfflineGateway_whenItIsBack_thenItsAlarmReturnsAndSettles() {
        String furnace = device("01", 1, "BF_CW_P");
        read(0, furnace, "BF_CW_P", 0.5, 0);
        pass(1_000, 200_000);
        for (long t = 200_000; t < 300_000; t += 1_000) {
            read(t, furnace, "BF_CW_P", 0.5, 0);
            heard(t);
        }

        assertThat(said).containsExactly("BREACH -G1._.OFFLINE C", "RETURN -G1._.OFFLINE C", "SETTLED -G1._.OFFLINE C");
    }

    @Test
    void givenPitsThatCastAndPitsThatDoNot_whenTheCableIsOut_thenEachThatCastsRunsBlind_andOthersDoNot() {
        String casting = device("21", 1, "AL_CASTING", "AL_CW_F", "AL_LAUNDER_LV", "AL_ILK_CW", "AL_SPEED");
        String idle = device("21", 2, "AL_CASTING", "AL_CW_F");
        for (long t = 0; t <= 20_000; t += 1_000) {
            read(t, casting, "AL_CASTING", 3, 0);
            read(t, casting, "AL_CW_F", 100, 0);
            read(t, casting, "AL_LAUNDER_LV", 0, 0);
            read(t, casting, "AL_ILK_CW", 1, 0);
            read(t, casting, "AL_SPEED", 100, 0);
            read(t, idle, "AL_CASTING", 0, 0);
            read(t, idle, "AL_CW_F", 0, 0);
            heard(t);
        }
        pass(21_000, 79_000);
        assertThat(said).isEmpty();

        pass(80_000, 300_000);

        assertThat(said).containsExactly("BREACH 210001.RUNNING_BLIND.QUALITY A", "BREACH -G1._.OFFLINE C");
        FaultSpec blind = alarms.getFirst().spec();
        assertThat(blind.gateway()).isEqualTo(GATEWAY);
        assertThat(blind.points())
                .containsExactly(casting + ".AL_CW_F", casting + ".AL_ILK_CW", casting + ".AL_LAUNDER_LV");
    }

    @Test
    void givenAPitThatCasts_whenItsWaterReadsACodeFor10Seconds_thenItRunsBlind_andIsNotWhenItIsGoodAgain() {
        String pit = device("21", 1, "AL_CASTING", "AL_CW_F");
        for (long t = 0; t <= 8_000; t += 1_000) {
            read(t, pit, "AL_CASTING", 3, 0);
            read(t, pit, "AL_CW_F", t < 2_000 ? 100 : 9988, t < 2_000 ? 0 : Quality.SENSOR_FAULT);
            heard(t);
        }
        assertThat(said).isEmpty();
        for (long t = 9_000; t <= 20_000; t += 1_000) {
            read(t, pit, "AL_CASTING", 3, 0);
            read(t, pit, "AL_CW_F", 9988, Quality.SENSOR_FAULT);
            heard(t);
        }
        assertThat(said).containsExactly("BREACH 210001.RUNNING_BLIND.QUALITY A");
        assertThat(alarms.getFirst().spec().fault()).isEqualTo(Fault.CODED);

        for (long t = 21_000; t <= 400_000; t += 1_000) {
            read(t, pit, "AL_CASTING", 3, 0);
            read(t, pit, "AL_CW_F", 100, 0);
            heard(t);
        }
        assertThat(said).endsWith("RETURN 210001.RUNNING_BLIND.QUALITY A", "SETTLED 210001.RUNNING_BLIND.QUALITY A");
    }

    @Test
    void givenOnePointThatFallsSilent_whenItsGatewayGoesOn_thenItHasAnAlarmOfItsOwn_thatASingleReadingDoesNotEnd() {
        String furnace = device("01", 1, "BF_CW_P", "BF_CW_F");
        read(0, furnace, "BF_CW_P", 0.5, 0);
        for (long t = 0; t <= 60_000; t += 1_000) {
            read(t, furnace, "BF_CW_F", 100, 0);
            heard(t);
        }
        assertThat(said).isEmpty();
        for (long t = 61_000; t <= 120_000; t += 1_000) {
            read(t, furnace, "BF_CW_F", 100, 0);
            heard(t);
        }
        assertThat(said).containsExactly("BREACH 010001.BF_CW_P.QUALITY C");
        assertThat(alarms.getFirst().spec().severity()).isEqualTo(Severity.C);

        read(121_000, furnace, "BF_CW_P", 0.5, 0);
        for (long t = 121_000; t <= 400_000; t += 1_000) {
            read(t, furnace, "BF_CW_F", 100, 0);
            heard(t);
        }
        assertThat(said).noneMatch(one -> one.startsWith("SETTLED"));
    }

    @Test
    void givenMoreThanFivePointsOfADevice_orTwentyOfTheWorks_whenTheyAreFaulty_thenOneAlarmStandsForThem() {
        String one = device("01", 1, "BF_CW_P", "BF_CW_F", "BF_TUY_DF", "BF_HEARTH_T", "BF_HEATFLUX", "BF_TOP_P");
        IntStream.rangeClosed(1, 30).forEach(n -> device("13", n, "CO"));
        for (long t = 0; t <= 70_000; t += 1_000) {
            for (MonitoringPoint point : devices.get(one).device().device().points()) {
                read(t, one, point.indicator(), 9988, Quality.SENSOR_FAULT);
            }
            heard(t);
        }
        assertThat(said).containsExactly("BREACH 010001._.QUALITY C");

        for (long t = 71_000; t <= 200_000; t += 1_000) {
            for (String device : devices.keySet()) {
                if (!device.equals(one)) {
                    read(t, device, "CO", 7777, Quality.SENSOR_FAULT);
                }
            }
            heard(t);
        }

        assertThat(said).contains("BREACH ._.QUALITY C", "RETURN 010001._.QUALITY C");
        FaultSpec all = alarms.stream()
                .map(FaultAlarm::spec)
                .filter(spec -> spec.subject().equals(ENTERPRISE))
                .findFirst()
                .orElseThrow();
        assertThat(all.pointCount()).isGreaterThan(20);
        assertThat(all.points()).hasSizeLessThanOrEqualTo(FaultSpec.MOST_NAMED);
    }

    @Test
    void given717HeadsThatReadZeroForAWeek_whenTimePasses_thenThereIsNoAlarm() {
        IntStream.rangeClosed(1, 717).forEach(n -> device("13", n, "CO"));
        for (long t = 0; t <= 7 * 86_400_000L; t += 3_600_000) {
            for (long s = 0; s < 3; s++) {
                readAll(t + s * 5_000, 0);
                heard(t + s * 5_000);
            }
        }

        assertThat(said).isEmpty();
    }

    @Test
    void givenAPauseInAllThatComes_whenItEnds_thenNobodyWasSilent_andEachHasAFullWindow() {
        String furnace = device("01", 1, "BF_CW_P");
        read(0, furnace, "BF_CW_P", 0.5, 0);
        heard(1_000);

        pass(600_000, 689_000);
        assertThat(said).isEmpty();

        pass(690_000, 691_000);
        assertThat(said).containsExactly("BREACH -G1._.OFFLINE C");
    }

    @Test
    void givenAnAlarmFoundOpenAfterAStart_whenNothingWasHeardYet_thenItIsNotSaidToBeGood() {
        String furnace = device("01", 1, "BF_CW_P", "BF_CW_F");
        read(0, furnace, "BF_CW_P", 0.5, 0);
        devices.get(furnace).broughtBy(GATEWAY);
        AlarmId id = new AlarmId(furnace, "BF_CW_F", Direction.QUALITY, T0 - 1);
        OpenAlarm open = new OpenAlarm(
                id,
                io.forgewatch.event.alarm.Limit.FAULT,
                Severity.C,
                false,
                false,
                T0 - 1,
                Fault.SILENT,
                List.of(furnace + ".BF_CW_F"),
                1);
        table.put(id.point(), open);
        hearing.heard(T0 + 600_000);
        works.adopt(open, hearing);
        pass(600_000, 680_000);

        assertThat(said).noneMatch(one -> one.startsWith("RETURN"));
    }

    @Test
    void givenTwoFaultyPointsOfADevice_whenOneIsGoodAgain_thenItsAlarmEndsAlone() {
        String furnace = device("01", 1, "BF_CW_P", "BF_CW_F", "BF_TUY_DF");
        for (long t = 0; t <= 400_000; t += 1_000) {
            boolean repaired = t > 100_000;
            read(t, furnace, "BF_CW_P", repaired ? 0.5 : 9988, repaired ? 0 : Quality.SENSOR_FAULT);
            read(t, furnace, "BF_CW_F", 9988, Quality.SENSOR_FAULT);
            read(t, furnace, "BF_TUY_DF", 1, 0);
            heard(t);
        }

        assertThat(said)
                .containsExactlyInAnyOrder(
                        "BREACH 010001.BF_CW_P.QUALITY C",
                        "BREACH 010001.BF_CW_F.QUALITY C",
                        "RETURN 010001.BF_CW_P.QUALITY C",
                        "SETTLED 010001.BF_CW_P.QUALITY C");
    }

    @Test
    void givenADeviceThatRanBlind_whenTheCastIsOver_thenThatAlarmReturns_andTheFaultHasOneOfItsOwn() {
        String pit = device("21", 1, "AL_CASTING", "AL_CW_F");
        for (long t = 0; t <= 200_000; t += 1_000) {
            read(t, pit, "AL_CASTING", t < 60_000 ? 3 : 0, 0);
            read(t, pit, "AL_CW_F", 9988, Quality.SENSOR_FAULT);
            heard(t);
        }

        assertThat(said)
                .containsExactly(
                        "BREACH 210001.RUNNING_BLIND.QUALITY A",
                        "BREACH 210001.AL_CW_F.QUALITY C",
                        "RETURN 210001.RUNNING_BLIND.QUALITY A");
    }

    @Test
    void givenACableThatWasOutFor90Seconds_whenTheGatewayIsBackAndItsPointsOneAfterAnother_thenNobodyElseHasAnAlarm() {
        IntStream.rangeClosed(1, 200).forEach(n -> device("01", n, "BF_CW_P", "BF_CW_F"));
        readAll(0, 0.5);
        heard(0);
        pass(1_000, 100_000);
        List<String> ids = List.copyOf(devices.keySet());
        for (int i = 0; i < 40; i++) {
            long t = 101_000 + i * 1_000L;
            for (String id : ids.subList(i * 5, i * 5 + 5)) {
                read(t, id, "BF_CW_P", 0.5, 0);
                read(t, id, "BF_CW_F", 100, 0);
            }
            heard(t);
        }

        assertThat(said).containsExactly("BREACH -G1._.OFFLINE C", "RETURN -G1._.OFFLINE C");
    }

    @Test
    void givenAPitThatCasts_whenItsGatewayBlinksFor20Seconds_thenItDoesNotRunBlind() {
        String pit = device("21", 1, "AL_CASTING", "AL_CW_F", "AL_EMG_P");
        for (long t = 0; t <= 100_000; t += 1_000) {
            if (t < 20_000 || t >= 40_000) {
                read(t, pit, "AL_CASTING", 3, 0);
                read(t, pit, "AL_CW_F", 100, 0);
                if (t % 5_000 == 2_000) {
                    read(t, pit, "AL_EMG_P", 0.5, 0);
                }
            }
            heard(t);
        }

        assertThat(said).isEmpty();
    }

    @Test
    void givenAWorksWhoseOnlyPointIsSlow_whenItsGatewaySendsHeartbeats_thenItIsNotOffline() {
        String drainer = device("09", 1, "DR_SEAL");
        for (long t = 0; t <= 3_600_000; t += 30_000) {
            works.gateway(GATEWAY).heard(T0 + t);
            if (t % 300_000 == 0) {
                read(t, drainer, "DR_SEAL", 40, 0);
            }
            heard(t);
        }

        assertThat(said).isEmpty();
    }

    @Test
    void givenAPitThatSaysItIsIdleAndMoves_whenThatLasts_thenItsWordIsAFault() {
        String pit = device("21", 1, "AL_CASTING", "AL_SPEED", "AL_CW_F");
        for (long t = 0; t <= 70_000; t += 1_000) {
            read(t, pit, "AL_CASTING", 0, 0);
            read(t, pit, "AL_SPEED", 90, 0);
            read(t, pit, "AL_CW_F", 100, 0);
            heard(t);
        }

        assertThat(said).containsExactly("BREACH 210001.AL_CASTING.QUALITY C");
        assertThat(alarms.getFirst().spec().fault()).isEqualTo(Fault.FAILED);
    }

    @Test
    void
            givenAReturnedAlarmOfAGatewayFoundAfterAStart_whenTheGatewayStaysSilent_thenItIsNeitherSettledNorBrokenAgain() {
        String furnace = device("01", 1, "BF_CW_P");
        AlarmId id = new AlarmId(ENTERPRISE + "-G2", "_", Direction.OFFLINE, T0 - 1);
        OpenAlarm open = new OpenAlarm(
                id, io.forgewatch.event.alarm.Limit.OFFLINE, Severity.C, true, false, T0 - 1, null, List.of(), 0);
        table.put(id.point(), open);
        hearing.heard(T0);
        works.adopt(open, hearing);
        for (long t = 0; t <= 80_000; t += 1_000) {
            read(t, furnace, "BF_CW_P", 0.5, 0);
            heard(t);
        }
        assertThat(said).isEmpty();

        for (long t = 81_000; t <= 100_000; t += 1_000) {
            read(t, furnace, "BF_CW_P", 0.5, 0);
            heard(t);
        }
        assertThat(said).containsExactly("BREACH -G2._.OFFLINE C");
    }
}
