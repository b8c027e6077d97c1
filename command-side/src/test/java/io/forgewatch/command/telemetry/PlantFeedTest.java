package io.forgewatch.command.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.EquipmentEvent.DeviceRegistered;
import io.forgewatch.event.equipment.EquipmentEvent.PointRangeSet;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayBehind;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayCaughtUp;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockRight;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayClockWrong;
import io.forgewatch.event.telemetry.GatewayEvent.GatewayRegistered;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Timeout(120)
class PlantFeedTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String STEEL = "GT3702110001";
    private static final String GATEWAY = STEEL + "-G1";
    private static final int BROKEN = 666;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final StoreBed bed = new StoreBed();
    private final List<Long> followed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong selected = new AtomicLong();
    private final PlantDirectory directory = new PlantDirectory(PlantFeedTest::unsealed);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PlantFeed plants =
            new PlantFeed(watchedFeed(), watchedSelection(), directory, new StandingStreams(registry));

    @AfterEach
    void close() {
        plants.stop();
        bed.close();
    }

    private EventFeed watchedFeed() {
        return new EventFeed() {
            @Override
            public Flux<RecordedEvent> after(long position) {
                throw new AssertionError("events that nobody wants");
            }

            @Override
            public Flux<RecordedEvent> after(long position, Set<Class<? extends DomainEvent>> wanted) {
                followed.add(position);
                return bed.feed().after(position, wanted).map(PlantFeedTest::asRead);
            }

            @Override
            public Flux<RecordedEvent> of(Subject subject, long after, int limit) {
                return bed.feed().of(subject, after, limit);
            }

            @Override
            public Mono<Long> head() {
                return bed.feed().head();
            }
        };
    }

    private SelectedEvents watchedSelection() {
        return new SelectedEvents() {
            @Override
            public Flux<RecordedEvent> ofTypes(long position, Set<Class<? extends DomainEvent>> types) {
                return bed.selected()
                        .ofTypes(position, types)
                        .map(PlantFeedTest::asRead)
                        .doOnNext(event -> selected.incrementAndGet());
            }

            @Override
            public Flux<RecordedEvent> newest(long position, String tag, Set<Class<? extends DomainEvent>> types) {
                return bed.selected().newest(position, tag, types).doOnNext(event -> selected.incrementAndGet());
            }
        };
    }

    private void given(List<? extends DomainEvent> events) {
        bed.given(events.stream()
                .map(event -> new RecordedEvent(0, UUID.randomUUID(), AT, Actor.system("test"), event))
                .toList());
    }

    private void given(DomainEvent... events) {
        given(List.of(events));
    }

    private long head() {
        return bed.feed().head().blockOptional(LONG).orElseThrow();
    }

    private void started() {
        plants.start();
        plants.caughtUp().block(LONG);
    }

    private static EnterpriseRegistered enterprise() {
        return new EnterpriseRegistered(STEEL, "钢铁一厂", "370211", Industry.STEEL, RiskProfile.STEEL_LONG, null, AT);
    }

    private static String id(int number) {
        return STEEL + "%06d".formatted(10_000 + number);
    }

    private static DeviceRegistered device(int number) {
        return new DeviceRegistered(id(number), STEEL, "01", number + "号高炉", "炼铁", List.of(), AT);
    }

    private static AlarmAcknowledged foreign(int number) {
        return new AlarmAcknowledged(STEEL + "010001.BF_CW_P.LOW." + (1_732_440_000_000L + number), "a", AT);
    }

    @Test
    void given_many_events_of_others_when_started_then_only_what_makes_a_plant_is_read_and_the_end_is_followed() {
        given(enterprise(), new GatewayRegistered(GATEWAY, STEEL, "secret", AT));
        List<DomainEvent> past = new ArrayList<>();
        for (int number = 0; number < 20_000; number++) {
            past.add(foreign(number));
            if (number % 5 == 0) {
                past.add(device(number));
            }
        }
        given(past);
        long head = head();

        started();

        assertThat(selected).hasValue(4_002);
        await().atMost(LONG).until(() -> !followed.isEmpty());
        assertThat(followed).containsExactly(head);
        Plant plant = Objects.requireNonNull(directory.plant(STEEL));
        assertThat(plant.size()).isEqualTo(4_000);
        assertThat(plant.names().find(id(5).toCharArray(), 0, id(5).length())).isNotEqualTo(Names.NONE);
        given(foreign(20_000), device(20_001));
        await().atMost(LONG).until(() -> plants.position() == head + 2);
        assertThat(directory.device(id(20_001))).isNotNull();
    }

    @Test
    void
            given_a_gateway_whose_clock_and_lag_came_and_went_when_started_then_it_is_as_last_said_and_that_alone_is_read() {
        given(new GatewayRegistered(GATEWAY, STEEL, "secret", AT), enterprise());
        List<DomainEvent> past = new ArrayList<>();
        for (int turn = 0; turn < 2_000; turn++) {
            past.add(new GatewayClockWrong(GATEWAY, STEEL, 400, AT));
            past.add(new GatewayBehind(GATEWAY, STEEL, 700, AT));
            past.add(new GatewayCaughtUp(GATEWAY, STEEL, AT));
            past.add(new GatewayClockRight(GATEWAY, STEEL, AT));
        }
        past.add(new GatewayClockWrong(GATEWAY, STEEL, 500, AT));
        given(past);

        started();

        assertThat(selected).hasValue(2 + 4);
        Gateway gateway = Objects.requireNonNull(directory.gateway(GATEWAY));
        assertThat(gateway.isClockWrong()).isTrue();
        assertThat(gateway.isBehind()).isFalse();
    }

    @Test
    void
            given_events_of_newer_code_when_nobody_here_can_want_them_then_they_are_passed_over_at_the_start_and_after_it() {
        given(enterprise(), newer("ManholeOpened", 1), newer("AlarmRaised", 99), device(1));
        started();
        assertThat(directory.device(id(1))).isNotNull();

        given(newer("ManholeOpened", 1), newer("AlarmRaised", 99), device(2));
        await().atMost(LONG).until(() -> plants.position() == head());
        assertThat(directory.device(id(2))).isNotNull();
        assertThat(followed).as("never broken off").hasSize(1);
    }

    @Test
    void given_an_event_of_a_newer_version_that_it_wants_when_come_to_then_it_goes_no_further() {
        started();
        given(device(1), newer("DeviceRegistered", 99), device(2));

        await().atMost(LONG).until(() -> followed.size() > 2);
        assertThat(plants.position()).isEqualTo(1);
        assertThat(directory.device(id(1))).isNotNull();
        assertThat(directory.device(id(2))).isNull();
    }

    /** An event that the directory fails with. */
    private static RecordedEvent asRead(RecordedEvent stored) {
        return stored.event() instanceof DeviceRegistered registered
                        && registered.deviceId().equals(id(BROKEN))
                ? new RecordedEvent(
                        stored.position(),
                        stored.id(),
                        stored.at(),
                        stored.actor(),
                        new DeviceRegistered(registered.deviceId(), null, "01", "", "", List.of(), AT))
                : stored;
    }

    @Test
    void given_an_event_that_the_directory_cannot_take_when_selected_or_come_to_then_it_alone_is_passed_over() {
        given(enterprise(), device(BROKEN), device(1));
        started();
        assertThat(directory.device(id(1))).isNotNull();

        given(device(BROKEN), device(2));

        await().atMost(LONG).until(() -> plants.position() == head());
        assertThat(directory.device(id(2))).isNotNull();
        assertThat(followed).as("never broken off").hasSize(1);
        assertThat(registry.counter("forgewatch.events.passed.over", "table", "plant")
                        .count())
                .isEqualTo(2);
    }

    private static byte[] unsealed(String secret) {
        if (secret.equals("sealed under a lost key")) {
            throw new IllegalStateException("No such key");
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Its frames are refused here with 401, on this instance perhaps alone: that must be seen. */
    @Test
    void
            given_a_secret_that_cannot_be_unsealed_when_selected_then_its_gateway_is_passed_over_and_counted_and_no_other() {
        String other = STEEL + "-G2";
        given(
                enterprise(),
                new GatewayRegistered(GATEWAY, STEEL, "sealed under a lost key", AT),
                new GatewayRegistered(other, STEEL, "secret", AT));

        started();

        assertThat(directory.gateway(GATEWAY)).isNull();
        assertThat(directory.gateway(other)).isNotNull();
        assertThat(registry.counter("forgewatch.events.passed.over", "table", "plant")
                        .count())
                .isEqualTo(1);
    }

    private static ForeignEvent newer(String name, int version) {
        return new ForeignEvent(
                name, version, Set.of(new Tag("manhole", "7"), Tag.within(STEEL)), "{\"depth\":{\"metres\":3}}");
    }

    /** With a copy of the plant for each device it takes minutes. */
    @Test
    @Timeout(30)
    void given_a_plant_of_forty_thousand_devices_when_they_come_one_by_one_then_each_costs_what_the_first_did() {
        directory.take(enterprise());
        Plant empty = Objects.requireNonNull(directory.plant(STEEL));
        for (int number = 0; number < 40_000; number++) {
            directory.take(device(number));
        }

        Plant plant = Objects.requireNonNull(directory.plant(STEEL));
        assertThat(empty.size()).as("as it was").isZero();
        assertThat(plant.size()).isEqualTo(40_000);
        assertThat(directory.plant(STEEL)).as("made once").isSameAs(plant);
        directory.take(device(7));
        assertThat(Objects.requireNonNull(directory.plant(STEEL)).size())
                .as("another version")
                .isEqualTo(40_000);
    }

    @Test
    void given_what_the_directory_takes_when_it_is_selected_then_nothing_is_left_out() {
        Set<String> chosen = new HashSet<>(EventTypes.names(PlantDirectory.WHOLE));
        chosen.addAll(EventTypes.names(PlantDirectory.NEWEST));

        assertThat(chosen).containsAll(EventTypes.names(Set.of(GatewayEvent.class)));
        assertThat(chosen)
                .containsAll(EventTypes.names(
                        Set.of(EnterpriseRegistered.class, DeviceRegistered.class, PointRangeSet.class)));
    }
}
