package io.forgewatch.command.gateway;

import static io.forgewatch.command.fixture.SmallPlant.STEEL;
import static io.forgewatch.command.fixture.SmallPlant.STEEL_GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.connectivity.Connectivity;
import io.forgewatch.command.connectivity.ConnectivityCommand;
import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.security.SecretSeal;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** Two doors that each see a part of a gateway's frames, and hear of events late; statements get lost. */
class TwoDoorsProperties {

    private static final ClockOffset RIGHT = new ClockOffset(0);
    private static final ClockOffset WRONG = new ClockOffset(-100_000);

    /** One instance: its memory, and how far it has heard of the events. */
    private static final class One {
        private final PlantDirectory directory = new PlantDirectory(new SecretSeal(new byte[32])::unseal);
        private final GatewayWatch watch = new GatewayWatch(directory, new SequenceMemory(), () -> 0);
        private int heard;

        void frame(Instant now, ClockOffset offset, long lag) {
            long newest = offset.clock(now.toEpochMilli()) - lag;
            watch.accepted(
                    Objects.requireNonNull(directory.gateway(STEEL_GATEWAY)),
                    now.toEpochMilli(),
                    offset,
                    new ReadingTimes(newest, 0));
        }
    }

    private InMemoryCommands store = new InMemoryCommands(Clock.systemUTC(), List.of(new Connectivity()));
    private List<One> doors = List.of(new One(), new One());
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");

    /** All tries run on one instance of this class. */
    @BeforeTry
    void anew() {
        store = new InMemoryCommands(Clock.systemUTC(), List.of(new Connectivity()));
        doors = List.of(new One(), new One());
        now = Instant.parse("2026-11-24T08:00:00Z");
    }

    private void hear(One door) {
        List<DomainEvent> events = store.events();
        events.subList(door.heard, events.size()).forEach(door.directory::take);
        door.heard = events.size();
    }

    private void look(One door, boolean lost) {
        List<ConnectivityCommand> statements = door.watch.toState(now);
        if (!lost) {
            statements.forEach(statement ->
                    store.send(statement, Actor.system("door"), null).block(Duration.ofSeconds(10)));
        }
    }

    @Property(tries = 300)
    void given_any_frames_at_two_doors_then_events_alternate_and_end_where_the_frames_do(
            @ForAll @Size(max = 200) List<@IntRange(max = 999_999) Integer> steps,
            @ForAll boolean endsWrong,
            @ForAll boolean endsBehind,
            @ForAll boolean endsAtOne) {
        store.given(new GatewayRegistered(STEEL_GATEWAY, STEEL, new SecretSeal(new byte[32]).seal(new byte[32]), now));
        doors.forEach(this::hear);

        for (int step : steps) {
            now = now.plusSeconds(step / 100 % 30);
            One door = doors.get(step % 2);
            switch (step / 2 % 6) {
                case 0 -> door.frame(now, RIGHT, 0);
                case 1 -> door.frame(now, WRONG, 0);
                case 2 -> door.frame(now, RIGHT, 40_000);
                case 3 -> hear(door);
                case 4 -> look(door, true);
                default -> look(door, false);
            }
        }
        for (int second = 0; second < 240; second++) {
            now = now.plusSeconds(1);
            One door = doors.get(endsAtOne ? 0 : second % 2);
            door.frame(now, endsWrong ? WRONG : RIGHT, endsBehind ? 40_000 : 0);
            doors.forEach(each -> look(each, false));
            doors.forEach(this::hear);
        }

        List<DomainEvent> events = store.events();
        alternate(events, GatewayClockWrong.class, GatewayClockRight.class, endsWrong);
        alternate(events, GatewayBehind.class, GatewayCaughtUp.class, endsBehind);
    }

    private static void alternate(List<DomainEvent> events, Class<?> amiss, Class<?> well, boolean endsAmiss) {
        List<Boolean> turns = new ArrayList<>();
        events.forEach(event -> {
            if (amiss.isInstance(event) || well.isInstance(event)) {
                turns.add(amiss.isInstance(event));
            }
        });
        for (int i = 0; i < turns.size(); i++) {
            assertThat(turns.get(i)).isEqualTo(i % 2 == 0);
        }
        assertThat(turns.isEmpty() ? Boolean.FALSE : turns.getLast()).isEqualTo(endsAmiss);
    }
}
