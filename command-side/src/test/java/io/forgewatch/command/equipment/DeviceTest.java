package io.forgewatch.command.equipment;

import static io.forgewatch.command.alarm.Alarms.DEVICE;
import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.equipment.EquipmentCommand.RegisterDevice;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.PointRatings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {

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
