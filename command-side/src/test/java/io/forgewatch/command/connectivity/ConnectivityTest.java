package io.forgewatch.command.connectivity;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.decision.Given;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.event.telemetry.GatewayEvent.GatewaySettingsChanged;
import io.forgewatch.event.telemetry.GatewayId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectivityTest {

    private static final GatewayId ID = new GatewayId(ENTERPRISE + "-G1");
    private static final ReportClockWrong WRONG = new ReportClockWrong(ID, -310, START);
    private static final ReportClockRight RIGHT = new ReportClockRight(ID, START);
    private static final ReportBehind BEHIND = new ReportBehind(ID, 35, START);
    private static final ReportCaughtUp CAUGHT_UP = new ReportCaughtUp(ID, START);

    private static Given<Connectivity.State, ConnectivityCommand> given() {
        return Given.nothing(new Connectivity()).and(new GatewayRegistered(ID.value(), ENTERPRISE, "v1.sealed", START));
    }

    @Test
    void givenAGatewayWhenItsClockIsWrongThenItIsOnceAndRightOnce() {
        given().when(WRONG).then(new GatewayClockWrong(ID.value(), ENTERPRISE, -310, START));
        given().and(WRONG).when(new ReportClockWrong(ID, 90, START)).thenNothing();
        given().and(WRONG).when(RIGHT).then(new GatewayClockRight(ID.value(), ENTERPRISE, START));
        given().and(WRONG).and(RIGHT).when(RIGHT).thenNothing();
        given().and(WRONG).and(RIGHT).when(WRONG).then(new GatewayClockWrong(ID.value(), ENTERPRISE, -310, START));
    }

    @Test
    void givenAGatewayWhenItIsBehindThenItIsOnceAndCatchesUpOnce() {
        given().when(BEHIND).then(new GatewayBehind(ID.value(), ENTERPRISE, 35, START));
        given().and(BEHIND).when(new ReportBehind(ID, 3_600, START)).thenNothing();
        given().and(BEHIND).when(CAUGHT_UP).then(new GatewayCaughtUp(ID.value(), ENTERPRISE, START));
        given().and(BEHIND).and(CAUGHT_UP).when(CAUGHT_UP).thenNothing();
    }

    @Test
    void givenOneThenTheOtherIsLeftAsItIs() {
        given().and(WRONG).when(BEHIND).then(new GatewayBehind(ID.value(), ENTERPRISE, 35, START));
        given().and(WRONG).and(BEHIND).when(RIGHT).then(new GatewayClockRight(ID.value(), ENTERPRISE, START));
        given().when(RIGHT).thenNothing();
        given().when(CAUGHT_UP).thenNothing();
    }

    @Test
    void givenNoGatewayWhenAnythingIsStatedThenRefused() {
        for (ConnectivityCommand command : List.of(WRONG, RIGHT, BEHIND, CAUGHT_UP)) {
            Given.nothing(new Connectivity()).when(command).thenRefused(Refusal.Kind.NOT_FOUND, "not-found");
        }
    }

    @Test
    void givenSettingsThenTheyAreNotOfItsBoundary() {
        assertThat(new Connectivity()
                        .selection(ID.value())
                        .selects(new GatewaySettingsChanged(
                                ID.value(), ENTERPRISE, List.of(), List.of(), "works", START)))
                .isFalse();
    }
}
