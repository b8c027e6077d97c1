package io.forgewatch.command.equipment;

import static io.forgewatch.command.alarm.Alarms.DEVICE;
import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.equipment.EquipmentCommand.RegisterDevice;
import io.forgewatch.command.equipment.EquipmentCommand.SetPointRange;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {

    private static final Range FIRST = new Range(0, 1.0);
    private static final Range WIDER = new Range(0, 1.6);

    private static Given<Device.State, EquipmentCommand> unknown() {
        return Given.nothing(new Device(Catalogue.standard()));
    }

    private static Given<Device.State, EquipmentCommand> given() {
        return unknown()
                .and(new EnterpriseRegistered(
                        ENTERPRISE, "示范钢铁", "370211", Industry.STEEL, RiskProfile.STEEL_LONG, null, START));
    }

    private static RegisterDevice register(PointRatings... indicators) {
        return register(DEVICE, indicators);
    }

    private static RegisterDevice register(String id, PointRatings... indicators) {
        return new RegisterDevice(new DeviceId(id), "1号高炉", "炼铁区", List.of(indicators), START);
    }

    @Test
    void givenAnEnterpriseWhenADeviceIsRegisteredThenItsPointsAreResolved() {
        DeviceRegistered registered = given().when(register(
                        PointRatings.of("BF_CW_P"), new PointRatings("BF_CW_F", 1000.0, null, null, null, null)))
                .only(DeviceRegistered.class);

        assertThat(registered.enterpriseId()).isEqualTo(ENTERPRISE);
        assertThat(registered.equipmentClass()).isEqualTo("01");
        assertThat(registered.points()).extracting("indicator").containsExactly("BF_CW_P", "BF_CW_F");
        assertThat(registered.points().getLast().limits().ll()).isEqualTo(700);
    }

    @Test
    void givenTheSameDeviceWhenRegisteredAgainThenNothingAndAnotherIsRefused() {
        given().and(register(PointRatings.of("BF_CW_P")))
                .when(register(PointRatings.of("BF_CW_P")))
                .thenNothing();
        given().and(register(PointRatings.of("BF_CW_P")))
                .when(register(PointRatings.of("BF_H2")))
                .thenRefused(Refusal.Kind.CONFLICT, "device-exists");
    }

    /** What a client sends again after an upgrade: the set value was not kept, and the gate was another. */
    @Test
    void givenADeviceOfFormerTimesWhenRegisteredAgainThenNothing() {
        PointRatings flow = new PointRatings("CC_MOLD_F", null, 140.0, null, null, null);
        RegisterDevice caster = register("GT3702110001100001", flow, PointRatings.of("CC_EMG_LADLE"));
        DeviceRegistered today = given().when(caster).only(DeviceRegistered.class);
        List<MonitoringPoint> former =
                today.points().stream().map(DeviceTest::asFormerly).toList();
        DeviceRegistered known = new DeviceRegistered(
                today.deviceId(),
                today.enterpriseId(),
                today.equipmentClass(),
                today.name(),
                today.area(),
                former,
                today.at());

        given().and(known).when(caster).thenNothing();
        given().and(known)
                .when(register(
                        "GT3702110001100001",
                        new PointRatings("CC_MOLD_F", null, 141.0, null, null, null),
                        PointRatings.of("CC_EMG_LADLE")))
                .thenRefused(Refusal.Kind.CONFLICT, "device-exists");
        given().and(known)
                .when(register("GT3702110001100001", flow.with(new Range(0, 200)), PointRatings.of("CC_EMG_LADLE")))
                .thenRefused(Refusal.Kind.CONFLICT, "device-exists");
    }

    private static MonitoringPoint asFormerly(MonitoringPoint point) {
        return new MonitoringPoint(
                point.indicator(),
                point.kind(),
                point.unit(),
                point.severity(),
                point.limits(),
                Gate.IN_SERVICE,
                null,
                null,
                false,
                point.sampleSeconds(),
                point.deadbandPercent(),
                point.delayOnMillis(),
                point.delayOffMillis(),
                point.basis());
    }

    @Test
    void givenARangeAtRegistrationThenItStandsWithThePointAndABadOneIsRefused() {
        PointRatings pressure = PointRatings.of("BF_CW_P");

        assertThat(given().when(register(pressure.with(FIRST)))
                        .only(DeviceRegistered.class)
                        .points()
                        .getFirst()
                        .range())
                .isEqualTo(FIRST);
        given().when(register(pressure.with(new Range(0, 16)))).thenRefused(Refusal.Kind.INVALID, "range-invalid");
        given().when(register(pressure.with(new Range(1, 0)))).thenRefused(Refusal.Kind.INVALID, "range-invalid");
    }

    private static SetPointRange range(Range range, boolean byAuthority) {
        return range("BF_CW_P", range, byAuthority);
    }

    private static SetPointRange range(String indicator, Range range, boolean byAuthority) {
        return new SetPointRange(new DeviceId(DEVICE), indicator, range, byAuthority, "somebody", START);
    }

    private static Given<Device.State, EquipmentCommand> registered() {
        return given().and(register(PointRatings.of("BF_CW_P"), PointRatings.of("BF_RELIEF_ILK")));
    }

    @Test
    void givenAPointWhenItsFirstRangeIsToldOrAWiderOneThenItCounts() {
        registered()
                .when(range(FIRST, false))
                .then(new PointRangeSet(DEVICE, ENTERPRISE, "BF_CW_P", FIRST, "somebody", START));
        registered()
                .and(range(FIRST, false))
                .when(range(WIDER, false))
                .then(new PointRangeSet(DEVICE, ENTERPRISE, "BF_CW_P", WIDER, "somebody", START));
    }

    @Test
    void givenTheSameRangeWhenToldAgainThenNothing() {
        registered().and(range(FIRST, false)).when(range(FIRST, false)).thenNothing();
        given().and(register(PointRatings.of("BF_CW_P").with(FIRST)))
                .when(range(FIRST, false))
                .thenNothing();
    }

    @Test
    void givenANarrowerRangeThenOnlyAnAuthorityMayTellIt() {
        for (Range narrower : List.of(FIRST, new Range(0.1, 1.6), new Range(-0.1, 1.5))) {
            registered()
                    .and(range(WIDER, false))
                    .when(range(narrower, false))
                    .thenRefused(Refusal.Kind.FORBIDDEN, "forbidden");
            registered().and(range(WIDER, false)).when(range(narrower, true)).only(PointRangeSet.class);
        }
        given().and(register(PointRatings.of("BF_CW_P").with(WIDER)))
                .when(range(FIRST, false))
                .thenRefused(Refusal.Kind.FORBIDDEN, "forbidden");
    }

    @Test
    void givenWhatIsNoRangeOfThePointThenRefusedWhoeverTellsIt() {
        for (boolean byAuthority : new boolean[] {false, true}) {
            registered().when(range(new Range(0, 16), byAuthority)).thenRefused(Refusal.Kind.INVALID, "range-invalid");
            registered()
                    .when(range(new Range(0.25, 1), byAuthority))
                    .thenRefused(Refusal.Kind.INVALID, "range-invalid");
            registered()
                    .when(range(new Range(Double.NaN, 1), byAuthority))
                    .thenRefused(Refusal.Kind.INVALID, "range-invalid");
            registered()
                    .when(range("BF_RELIEF_ILK", new Range(0, 1), byAuthority))
                    .thenRefused(Refusal.Kind.INVALID, "range-invalid");
        }
    }

    @Test
    void givenNoSuchDeviceOrPointWhenItsRangeIsToldThenNotFound() {
        given().when(range(FIRST, false)).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        registered().when(range("BF_H2", FIRST, true)).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }

    /** Told later, it is no part of the registration that is sent again. */
    @Test
    void givenARangeThatWasToldSinceWhenTheDeviceIsRegisteredAgainThenNothing() {
        registered()
                .and(range(FIRST, false))
                .when(register(PointRatings.of("BF_CW_P"), PointRatings.of("BF_RELIEF_ILK")))
                .thenNothing();
    }

    @Test
    void givenNoSuchEnterpriseWhenADeviceIsRegisteredThenNotFound() {
        unknown().when(register(PointRatings.of("BF_CW_P"))).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "GT3702110001010001, NO_SUCH, unknown-indicator",
        "GT3702110001010001, CO, foreign-indicator",
        "GT3702110001010001, BF_CW_F, reference-missing",
        "GT3702110001070001, GH_SPEED, variant-unknown",
        "GT3702110001990001, BF_CW_P, unknown-equipment-class",
    })
    void givenSomethingThatTheCatalogueRefusesWhenRegisteredThenRefused(String id, String indicator, String code) {
        given().when(register(id, PointRatings.of(indicator))).thenRefused(Refusal.Kind.INVALID, code);
    }

    @Test
    void givenAnIndicatorTwiceOrNoneWhenRegisteredThenRefused() {
        given().when(register(PointRatings.of("BF_CW_P"), PointRatings.of("BF_CW_P")))
                .thenRefused(Refusal.Kind.INVALID, "indicator-twice");
        given().when(register()).thenRefused(Refusal.Kind.INVALID, "no-indicators");
    }
}
