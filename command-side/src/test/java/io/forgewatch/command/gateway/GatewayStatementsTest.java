package io.forgewatch.command.gateway;

import static io.forgewatch.command.fixture.SmallPlant.STEEL_GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.connectivity.ConnectivityCommand.ReportBehind;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportCaughtUp;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockRight;
import io.forgewatch.command.connectivity.ConnectivityCommand.ReportClockWrong;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.StoreClock;
import io.forgewatch.command.fixture.HouseClock;
import io.forgewatch.command.fixture.SmallPlant;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.telemetry.Gateway;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.Actor;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** When what is stated of a gateway, by a clock that the test moves. */
class GatewayStatementsTest {

    private static final GatewayId ID = new GatewayId(STEEL_GATEWAY);
    private static final ClockOffset RIGHT = new ClockOffset(0);
    private static final ClockOffset WRONG = new ClockOffset(-310_000);

    private final HouseClock clock = new HouseClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final List<Command> sent = new ArrayList<>();
    private Mono<Commands.Answer> answer = Mono.just(new Commands.Answer(1, Map.of()));
    private final PlantDirectory directory = new PlantDirectory(new SecretSeal(new byte[32])::unseal);
    private final SequenceMemory memory = new SequenceMemory();
    private final GatewayWatch watch = new GatewayWatch(directory, memory, () -> 0);
    private long nanos;
    private final StoreClock storeClock = new StoreClock(clock, () -> nanos);
    private final GatewayStatements statements = new GatewayStatements(
            watch,
            new Commands() {
                @Override
                public Mono<Answer> send(Command command, Actor actor, String idempotencyKey, String cause) {
                    sent.add(command);
                    assertThat(actor.wire()).isEqualTo("system/door");
                    return answer;
                }
            },
            new SimpleMeterRegistry(),
            clock,
            storeClock,
            new StandingStreams(new SimpleMeterRegistry()));

    @BeforeEach
    void a_plant() {
        new SmallPlant(new SecretSeal(new byte[32]))
                .after(0)
                .take(6)
                .doOnNext(event -> directory.take(event.event()))
                .blockLast(Duration.ofSeconds(10));
        stored(0);
    }

    /** The store tells its time, which is the true one. */
    private void stored(int secondsWeAreAhead) {
        storeClock.told(clock.millis(), clock.instant().minusSeconds(secondsWeAreAhead), clock.millis());
    }

    private Gateway gateway() {
        return Objects.requireNonNull(directory.gateway(STEEL_GATEWAY));
    }

    private void frame(ClockOffset offset, long age) {
        watch.accepted(gateway(), clock.millis(), offset, new ReadingTimes(clock.millis() - age, 0));
    }

    private void pass(int seconds) {
        clock.move(Duration.ofSeconds(seconds));
    }

    private List<Command> look() {
        sent.clear();
        statements.look().block(Duration.ofSeconds(10));
        return List.copyOf(sent);
    }

    @Test
    void givenAWrongClock_whenItHolds_thenItIsStatedWithinAMinuteAndNotAgainOnceItIsAnEvent() {
        frame(WRONG, 310_000);
        assertThat(look()).isEmpty();
        pass(10);
        assertThat(look()).containsExactly(new ReportClockWrong(ID, -310, clock.instant()));
        directory.take(new GatewayClockWrong(STEEL_GATEWAY, SmallPlant.STEEL, -310, clock.instant()));
        pass(120);
        frame(WRONG, 310_000);
        assertThat(look()).isEmpty();
    }

    @Test
    void givenTheStoreIsAway_whenAStatementFails_thenItIsMadeAgainAfterHalfAMinuteAndNotBefore() {
        answer = Mono.error(new IllegalStateException("The store is away"));
        frame(WRONG, 310_000);
        pass(10);
        assertThat(look()).hasSize(1);
        pass(29);
        assertThat(look()).isEmpty();
        pass(1);
        assertThat(look()).containsExactly(new ReportClockWrong(ID, -310, clock.instant()));
    }

    @Test
    void givenTheLookItselfFails_thenItSaysSoAndTheNextOneWorks() {
        answer = Mono.empty();
        frame(WRONG, 310_000);
        pass(10);
        assertThat(look()).hasSize(1);
    }

    @Test
    void givenAnEventOfAnotherInstance_whenThisOneSawAGoodMinute_thenItStatesThatTheClockIsRight() {
        directory.take(new GatewayClockWrong(STEEL_GATEWAY, SmallPlant.STEEL, 90, clock.instant()));
        frame(RIGHT, 0);
        pass(59);
        frame(RIGHT, 0);
        assertThat(look()).isEmpty();
        pass(1);
        frame(RIGHT, 0);
        assertThat(look()).containsExactly(new ReportClockRight(ID, clock.instant()));
        directory.take(new GatewayClockRight(STEEL_GATEWAY, SmallPlant.STEEL, clock.instant()));
        pass(60);
        assertThat(look()).isEmpty();
    }

    @Test
    void givenOldReadingsForAMinute_whenFreshOnesComeAgain_thenBothAreStatedOnce() {
        frame(RIGHT, 35_000);
        pass(60);
        frame(RIGHT, 36_000);
        assertThat(look()).containsExactly(new ReportBehind(ID, 36, clock.instant()));
        directory.take(new GatewayBehind(STEEL_GATEWAY, SmallPlant.STEEL, 36, clock.instant()));
        pass(1);
        frame(RIGHT, 0);
        pass(60);
        frame(RIGHT, 0);
        assertThat(look()).containsExactly(new ReportCaughtUp(ID, clock.instant()));
    }

    @Test
    void givenFramesAnswered503_whenTheBacklogComes_thenNothingCountsAgainstTheGateway() {
        frame(RIGHT, 40_000);
        watch.interrupted(gateway());
        pass(60);
        frame(RIGHT, 100_000);
        assertThat(look()).isEmpty();
    }

    @Test
    void
            givenThisMachinesClockIsWrong_whenEveryGatewaySeemsToBe_thenNothingIsStatedOfAny_andNothingIsHeldAgainstThemLater() {
        stored(310);
        frame(WRONG, 310_000);
        pass(10);
        stored(310);
        frame(WRONG, 310_000);
        assertThat(look()).isEmpty();
        pass(60);
        assertThat(look()).isEmpty();

        stored(0);
        assertThat(look()).as("what was found by the wrong clock").isEmpty();
        frame(WRONG, 310_000);
        pass(10);
        assertThat(look()).containsExactly(new ReportClockWrong(ID, -310, clock.instant()));
    }

    @Test
    void givenThisMachinesClockIsAFewSecondsOff_whenAGatewaysIsWrongOrBehind_thenItIsStatedAllTheSame() {
        stored(14);
        frame(WRONG, 310_000);
        pass(10);
        stored(14);
        assertThat(look()).containsExactly(new ReportClockWrong(ID, -310, clock.instant()));
    }

    @Test
    void givenThisMachinesClockWasNotComparedForAWhile_whenItIsAgain_thenWhatWasFoundIsStated() {
        nanos += Duration.ofSeconds(11).toNanos();
        frame(WRONG, 310_000);
        pass(10);
        assertThat(look()).isEmpty();

        stored(0);
        assertThat(look()).containsExactly(new ReportClockWrong(ID, -310, clock.instant()));
    }

    @Test
    void givenARecordedFrame_whenAStrangerSendsItAgain_thenItIsNotHeededButANewOneIs() {
        byte[] digest = {1, 2, 3};
        memory.of(STEEL_GATEWAY).read(new UsedNumber(BodyDigest.of(digest), new Answer(5_000, 1, List.of()), 0));

        watch.skewed(gateway(), "5000", digest, clock.millis(), WRONG);
        watch.skewed(gateway(), "3000", new byte[] {9}, clock.millis(), WRONG);
        watch.skewed(gateway(), "99999999999999999999", new byte[] {9}, clock.millis(), WRONG);
        watch.skewed(gateway(), "9999999999999999999", new byte[] {9}, clock.millis(), WRONG);
        watch.skewed(gateway(), "x", new byte[] {9}, clock.millis(), WRONG);
        watch.skewed(gateway(), "5001", null, clock.millis(), WRONG);
        pass(10);
        assertThat(look()).isEmpty();

        watch.skewed(gateway(), "5001", new byte[] {9}, clock.millis(), WRONG);
        pass(10);
        assertThat(look()).containsExactly(new ReportClockWrong(ID, -310, clock.instant()));
    }
}
