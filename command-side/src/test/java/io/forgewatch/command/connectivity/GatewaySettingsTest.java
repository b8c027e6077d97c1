package io.forgewatch.command.connectivity;

import static io.forgewatch.command.alarm.Alarms.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.forgewatch.command.connectivity.GatewaySettingsCommand.ChangeGatewaySettings;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.equipment.MonitoringPoint;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.PointResolution;
import io.forgewatch.event.equipment.Range;
import io.forgewatch.event.telemetry.CodeMeaning;
import io.forgewatch.event.telemetry.CodeValue;
import io.forgewatch.event.telemetry.GatewayCodes;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.event.telemetry.PointExtent;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {

    private static final String WORKS = "LJ3301060001";
    private static final GatewayId ID = new GatewayId(WORKS + "-G1");
    private static final String PIT = WORKS + "210001";

    private static MonitoringPoint point(String equipmentClass, PointRatings ratings) {
        return ((PointResolution.Resolved) Catalogue.standard().resolve(equipmentClass, ratings)).point();
    }

    private static DeviceRegistered device(String id, MonitoringPoint... points) {
        return new DeviceRegistered(id, WORKS, id.substring(12, 14), "1号", "铸造", Arrays.asList(points), START);
    }

    /** A casting pit with a length up to 7.5 m, and a CO head without a range. */
    private static Given<GatewaySettings.State, GatewaySettingsCommand> given() {
        return Given.nothing(new GatewaySettings())
                .and(
                        new GatewayRegistered(ID.value(), WORKS, "v1.sealed", START),
                        device(PIT, point("21", new PointRatings("AL_LENGTH", null, 7_500.0, null, null, null))),
                        device(WORKS + "130001", point("13", PointRatings.of("CO"))));
    }

    private static ChangeGatewaySettings change(List<Double> codes, String... except) {
        return new ChangeGatewaySettings(
                ID,
                new GatewayCodes(
                        codes.stream()
                                .map(code -> new CodeValue(code, CodeMeaning.FAULT))
                                .toList(),
                        List.of(except)),
                "works",
                START);
    }

    @Test
    void givenAGatewayWhenCodesOutsideOfAllPointsAreSetThenTheyAreAndAgainNothing() {
        ChangeGatewaySettings command = change(List.of(32_767.0, -9_999.0));

        given().when(command)
                .then(new GatewaySettingsChanged(
                        ID.value(),
                        WORKS,
                        List.of(new CodeValue(-9_999, CodeMeaning.FAULT), new CodeValue(32_767, CodeMeaning.FAULT)),
                        List.of(),
                        "works",
                        START));
        given().and(command).when(change(List.of(-9_999.0, 32_767.0))).thenNothing();
        given().and(command)
                .when(change(List.of()))
                .then(new GatewaySettingsChanged(ID.value(), WORKS, List.of(), List.of(), "works", START));
    }

    @Test
    void givenTheCodesThatHoldAnywayWhenTheySetThemThenNothingChanges() {
        Given.nothing(new GatewaySettings())
                .and(new GatewayRegistered(ID.value(), WORKS, "v1.sealed", START))
                .when(new ChangeGatewaySettings(ID, GatewayCodes.STANDARD, "works", START))
                .thenNothing();
    }

    @ParameterizedTest
    @ValueSource(doubles = {7_777, 0, 160, 24, 15_100, 320})
    void givenACodeThatCanBeAReadingWhenItIsSetThenRefused(double code) {
        given().when(change(List.of(-9_999.0, code))).thenRefused(Refusal.Kind.INVALID, "code-is-a-value");
    }

    @Test
    void givenTheIndicatorIsExceptedWhenItsCodeIsSetThenItIs() {
        assertThat(given().when(change(List.of(7_777.0, 9_988.0), "AL_LENGTH")).events())
                .hasSize(1);
        given().when(change(List.of(7_777.0, 100.0), "AL_LENGTH")).thenRefused(Refusal.Kind.INVALID, "code-is-a-value");
    }

    @Test
    void givenARangeIsSetWhenACodeLiesWithinItThenRefused() {
        PointRangeSet wide = new PointRangeSet(WORKS + "130001", WORKS, "CO", new Range(0, 2_000), "works", START);

        assertThat(given().when(change(List.of(1_500.0), "AL_LENGTH")).events()).hasSize(1);
        given().and(wide)
                .when(change(List.of(1_500.0), "AL_LENGTH"))
                .thenRefused(Refusal.Kind.INVALID, "code-is-a-value");
        given().and(wide)
                .when(change(List.of(2_090.0), "AL_LENGTH"))
                .thenRefused(Refusal.Kind.INVALID, "code-is-a-value");
        assertThat(given().and(wide).when(change(List.of(2_200.0), "AL_LENGTH")).events())
                .hasSize(1);
    }

    @Test
    void givenNoGatewayWhenSettingsAreChangedThenNotFound() {
        Given.nothing(new GatewaySettings())
                .when(change(List.of(-9_999.0)))
                .thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
    }

    @Test
    void givenHowAGatewayStandsThenItIsNotOfTheBoundary() {
        assertThat(new GatewaySettings()
                        .selection(ID.value())
                        .selects(new GatewayClockWrong(ID.value(), WORKS, 90, START)))
                .isFalse();
    }

    @Test
    void givenAPlantOfManyDevicesWhenItsExtentsAreFoldedThenEachDeviceCostsTheSame() {
        GatewaySettings settings = new GatewaySettings();
        folded(settings, 100);

        long some = allocated(() -> folded(settings, 500));
        long manyMore = allocated(() -> folded(settings, 8_000));

        assertThat(manyMore).as("sixteen times as many devices").isLessThan(some * 40);
        assertThat(folded(settings, 8_000).extents().of(WORKS + "137999"))
                .extracting(PointExtent::indicator)
                .containsExactly("CO");
    }

    private static GatewaySettings.State folded(GatewaySettings settings, int devices) {
        GatewaySettings.State state = settings.initial(ID.value());
        MonitoringPoint co = point("13", PointRatings.of("CO"));
        for (int serial = 0; serial < devices; serial++) {
            state = settings.evolve(state, device(WORKS + "13" + "%04d".formatted(serial), co));
        }
        return state;
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
