package io.forgewatch.command.alarm;

import static io.forgewatch.command.alarm.Alarms.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.event.Actor;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmSettled;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.PointInForce;
import io.forgewatch.event.alarm.AlarmEvent.PointOutOfForce;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class OpenAlarmsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Set<Class<? extends DomainEvent>> ENDINGS = Set.of(AlarmCleared.class, AlarmEnded.class);

    private final List<AutoCloseable> closing = new ArrayList<>();
    private final StoreBed bed = closed(new StoreBed());

    private <T extends AutoCloseable> T closed(T one) {
        closing.addFirst(one);
        return one;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : closing) {
            one.close();
        }
    }

    private OpenAlarms started(EventFeed feed, UnendedEvents unended) {
        OpenAlarms alarms = new OpenAlarms(feed, unended, streams());
        alarms.start();
        closed(alarms::stop);
        alarms.caughtUp().block(LONG);
        return alarms;
    }

    private static StandingStreams streams() {
        return new StandingStreams(new SimpleMeterRegistry());
    }

    private static AlarmId id(int device, long onset) {
        return new AlarmId(
                "GT370211000101%04d".formatted(device),
                "BF_CW_P",
                Direction.LOW,
                at(onset).toEpochMilli());
    }

    private static AlarmRaised raised(AlarmId id, boolean late) {
        return new AlarmRaised(
                id.toString(),
                id.subject(),
                "01",
                "炼铁区",
                id.indicator(),
                id.direction(),
                Limit.L,
                Severity.A,
                0.29,
                0.3,
                1,
                "MPa",
                at(0),
                at(1),
                List.of(),
                null,
                1,
                late,
                null,
                null,
                List.of(),
                0);
    }

    private static AlarmCleared cleared(AlarmId id) {
        return new AlarmCleared(id.toString(), null, null, null, at(400));
    }

    private static RecordedEvent recorded(DomainEvent event) {
        return new RecordedEvent(0, UUID.randomUUID(), at(0), Actor.system("test"), event);
    }

    private void given(DomainEvent... events) {
        bed.given(List.of(events).stream().map(OpenAlarmsTest::recorded).toList());
    }

    @Test
    void given_ten_thousand_points_of_which_few_are_open_when_started_then_only_the_events_of_those_are_read() {
        List<RecordedEvent> past = new ArrayList<>();
        for (int device = 0; device < 9_993; device++) {
            past.add(recorded(raised(id(device, 0), false)));
            past.add(recorded(cleared(id(device, 0))));
        }
        for (int device = 9_993; device < 10_000; device++) {
            past.add(recorded(raised(id(device, 0), false)));
            past.add(recorded(cleared(id(device, 0))));
            past.add(recorded(raised(id(device, 900), false)));
            past.add(recorded(new AlarmAcknowledged(id(device, 900).toString(), "li", at(901))));
        }
        for (int from = 0; from < past.size(); from += 1_000) {
            bed.given(past.subList(from, Math.min(past.size(), from + 1_000)));
        }
        List<RecordedEvent> read = new ArrayList<>();
        UnendedEvents watched = (position, tag, endings) ->
                bed.unended().upTo(position, tag, endings).doOnNext(read::add);

        OpenAlarms alarms = started(bed.feed(), watched);

        assertThat(alarms.all())
                .extracting(OpenAlarm::id)
                .hasSize(7)
                .allMatch(id -> id.onset() == at(900).toEpochMilli());
        assertThat(read).hasSize(14);
        assertThat(alarms.of(id(9_999, 0).point())).isNotNull();
        assertThat(alarms.of(id(1, 0).point())).isNull();
    }

    @Test
    void given_alarms_in_every_state_when_started_then_each_is_as_the_events_say() {
        given(
                raised(id(1, 0), false),
                new AlarmUpgraded(id(1, 0).toString(), Limit.LL, Severity.A, 0.1, 0.2, at(5), List.of()),
                raised(id(2, 0), false),
                new AlarmReturned(id(2, 0).toString(), 0.4, at(60)),
                raised(id(3, 0), false),
                new AlarmReturned(id(3, 0).toString(), 0.4, at(60)),
                new AlarmSettled(id(3, 0).toString(), at(400)),
                raised(id(4, 0), false),
                new AlarmEnded(id(4, 0).toString(), AlarmEvent.EndReason.SENSOR_FAULT, "wang", at(60)),
                new PointOutOfForce(id(4, 0).toString(), at(900), "wang", at(60)),
                raised(id(5, 0), true),
                raised(id(6, 0), false),
                cleared(id(6, 0)),
                raised(id(6, 900), true));

        OpenAlarms alarms = started(bed.feed(), bed.unended());

        assertThat(alarms.all()).hasSize(3);
        assertThat(alarms.outOfForce(id(4, 0).point())).isEqualTo(new OutOfForce(at(60), at(900)));
        assertThat(alarms.outOfForce(id(1, 0).point())).isNull();

        given(new PointInForce(id(4, 0).toString(), at(100)));
        await().atMost(LONG).until(() -> alarms.outOfForce(id(4, 0).point()) == null);
        assertThat(alarms.of(id(1, 0).point())).satisfies(one -> {
            assertThat(one.limit()).isEqualTo(Limit.LL);
            assertThat(one.returned()).isFalse();
        });
        assertThat(alarms.of(id(2, 0).point()))
                .satisfies(one -> assertThat(one.returned() && !one.settled()).isTrue());
        assertThat(alarms.of(id(3, 0).point()))
                .satisfies(one -> assertThat(one.settled()).isTrue());
    }

    /** More values than a page of the scan has, and endings anywhere among their events. */
    @Test
    void given_any_history_when_selected_up_to_any_position_then_as_one_that_looks_at_every_event() {
        Random random = new Random(11);
        InMemoryCommands all = new InMemoryCommands(Clock.systemUTC(), List.of());
        List<RecordedEvent> past = new ArrayList<>();
        for (int number = 0; number < 9_000; number++) {
            AlarmId id = id(random.nextInt(4_500), random.nextInt(2));
            DomainEvent event = switch (random.nextInt(4)) {
                case 0 -> raised(id, random.nextBoolean());
                case 1 -> cleared(id);
                case 2 -> new AlarmReturned(id.toString(), 0.4, at(60));
                default -> new AlarmEnded(id.toString(), AlarmEvent.EndReason.POINT_REMOVED, "wang", at(60));
            };
            all.given(event);
            past.add(recorded(event));
        }
        for (int from = 0; from < past.size(); from += 1_000) {
            bed.given(past.subList(from, from + 1_000));
        }

        for (long position : List.of(0L, 1L, 5_000L, 9_000L, 100_000L)) {
            List<Long> expected = all.upTo(position, "point", ENDINGS)
                    .map(RecordedEvent::position)
                    .collectList()
                    .block(LONG);
            assertThat(bed.unended()
                            .upTo(position, "point", ENDINGS)
                            .map(RecordedEvent::position)
                            .collectList()
                            .block(LONG))
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .doesNotHaveDuplicates();
        }
        assertThat(bed.unended().upTo(9_000, "poin", ENDINGS).collectList().block(LONG))
                .isEmpty();
    }

    @Test
    void given_an_empty_store_when_started_then_it_has_caught_up_and_follows() {
        OpenAlarms alarms = started(bed.feed(), bed.unended());
        assertThat(alarms.all()).isEmpty();

        given(raised(id(1, 0), false));
        await().atMost(LONG).until(() -> alarms.of(id(1, 0).point()) != null);
        given(cleared(id(1, 0)));
        await().atMost(LONG).until(() -> alarms.of(id(1, 0).point()) == null);
    }

    @Test
    void given_alarms_that_open_and_close_between_selection_and_feed_when_started_then_none_is_missed() {
        given(raised(id(1, 0), false), raised(id(2, 0), false));
        Mono<RecordedEvent> before = Mono.fromRunnable(() ->
                given(cleared(id(1, 0)), raised(id(3, 0), false), new AlarmReturned(id(2, 0).toString(), 0.4, at(60))));
        Mono<RecordedEvent> after = Mono.fromRunnable(() -> given(raised(id(4, 0), false)));
        UnendedEvents whileOthersAppend = (position, tag, endings) -> before.subscribeOn(Schedulers.boundedElastic())
                .thenMany(bed.unended().upTo(position, tag, endings))
                .concatWith(after.subscribeOn(Schedulers.boundedElastic()));

        OpenAlarms alarms = started(bed.feed(), whileOthersAppend);

        await().atMost(LONG).until(() -> alarms.position() == 6);
        assertThat(alarms.of(id(1, 0).point())).isNull();
        assertThat(alarms.of(id(2, 0).point()))
                .satisfies(one -> assertThat(one.returned()).isTrue());
        assertThat(alarms.of(id(3, 0).point())).isNotNull();
        assertThat(alarms.of(id(4, 0).point())).isNotNull();
    }

    @Test
    void given_a_selection_that_fails_in_the_middle_when_it_is_made_again_then_what_closed_meanwhile_is_not_open() {
        given(raised(id(1, 0), false), raised(id(2, 0), false));
        AtomicInteger times = new AtomicInteger();
        UnendedEvents breaking = (position, tag, endings) -> times.getAndIncrement() == 0
                ? bed.unended()
                        .upTo(position, tag, endings)
                        .concatWith(Mono.<RecordedEvent>fromRunnable(() -> given(cleared(id(1, 0))))
                                .subscribeOn(Schedulers.boundedElastic()))
                        .concatWith(Mono.error(new IllegalStateException("the connection is gone")))
                : bed.unended().upTo(position, tag, endings);

        OpenAlarms alarms = started(bed.feed(), breaking);

        assertThat(times).hasValue(2);
        assertThat(alarms.all()).extracting(OpenAlarm::id).containsExactly(id(2, 0));
    }

    @Test
    void given_a_feed_that_breaks_off_when_it_is_there_again_then_it_goes_on_from_where_it_was() {
        given(raised(id(1, 0), false));
        List<Long> asked = new ArrayList<>();
        EventFeed breaking = new EventFeed() {
            @Override
            public Flux<RecordedEvent> after(long position) {
                asked.add(position);
                return asked.size() < 3
                        ? bed.feed().after(position).take(1).concatWith(Flux.error(new IllegalStateException("broken")))
                        : bed.feed().after(position);
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
        OpenAlarms alarms = started(breaking, bed.unended());

        given(raised(id(2, 0), false), cleared(id(1, 0)), raised(id(3, 0), false));

        await().atMost(LONG).until(() -> alarms.position() == 4);
        assertThat(asked).containsExactly(1L, 2L, 3L);
        assertThat(alarms.all()).extracting(OpenAlarm::id).containsExactlyInAnyOrder(id(2, 0), id(3, 0));
    }

    /** An alarm whose id this code cannot read, at whatever position. */
    @Test
    void given_an_event_that_cannot_be_taken_when_it_is_selected_or_comes_then_it_alone_is_passed_over() {
        given(raised(id(1, 0), false));
        RecordedEvent before = stored(0, new AlarmAcknowledged("no-alarm", "li", at(1)));
        // Made here: a random id reads a file, and the feed may tell on an event loop.
        RecordedEvent among = stored(2, new AlarmAcknowledged("no-alarm", "li", at(1)));
        UnendedEvents unended = (position, tag, endings) ->
                Flux.just(before).concatWith(bed.unended().upTo(position, tag, endings));
        AtomicInteger follows = new AtomicInteger();
        EventFeed feed = new EventFeed() {
            @Override
            public Flux<RecordedEvent> after(long position) {
                follows.incrementAndGet();
                return bed.feed().after(position).map(event -> event.position() == 2 ? among : event);
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
        OpenAlarms alarms = started(feed, unended);
        assertThat(alarms.all()).extracting(OpenAlarm::id).containsExactly(id(1, 0));

        given(raised(id(2, 0), false), raised(id(3, 0), false));

        await().atMost(LONG).until(() -> alarms.position() == 3);
        assertThat(alarms.all()).extracting(OpenAlarm::id).containsExactlyInAnyOrder(id(1, 0), id(3, 0));
        assertThat(follows).hasValue(1);
    }

    private static RecordedEvent stored(long position, DomainEvent event) {
        return new RecordedEvent(position, UUID.randomUUID(), at(0), Actor.system("test"), event);
    }

    @Test
    void given_events_that_only_newer_code_knows_when_they_come_then_the_table_goes_on_behind_them() {
        Set<Tag> tags = Set.of(new Tag("manhole", "7"), Tag.within("GT3702110001"));
        given(raised(id(1, 0), false), new ForeignEvent("ManholeOpened", 1, tags, "{}"));
        OpenAlarms alarms = started(bed.feed(), bed.unended());

        given(
                new ForeignEvent("ManholeOpened", 1, tags, "{}"),
                new ForeignEvent("WarningIssued", 99, tags, "{}"),
                raised(id(2, 0), false));

        await().atMost(LONG).until(() -> alarms.position() == 5);
        assertThat(alarms.all()).extracting(OpenAlarm::id).containsExactlyInAnyOrder(id(1, 0), id(2, 0));
    }

    @Test
    void given_two_instances_when_either_appends_then_both_tables_agree_with_a_fold_of_the_events() {
        StoreBed other = closed(new StoreBed(bed.address()));
        given(raised(id(1, 0), false));
        OpenAlarms one = started(bed.feed(), bed.unended());
        OpenAlarms two = started(other.feed(), other.unended());

        for (int device = 2; device < 60; device++) {
            StoreBed by = device % 2 == 0 ? bed : other;
            by.given(List.of(recorded(raised(id(device, 0), false))));
            if (device % 3 == 0) {
                (device % 2 == 0 ? other : bed).given(List.of(recorded(cleared(id(device, 0)))));
            }
        }

        long head = bed.feed().head().block(LONG);
        await().atMost(LONG).until(() -> one.position() == head && two.position() == head);
        assertThat(one.all()).containsExactlyInAnyOrderElementsOf(two.all());
        assertThat(one.all())
                .containsExactlyInAnyOrderElementsOf(
                        bed.unended().upTo(head, "point", ENDINGS).collectList().block(LONG).stream()
                                .map(event -> OpenAlarm.after(null, (AlarmEvent) event.event()))
                                .toList());
    }

    @Test
    void given_a_table_when_asked_for_its_health_then_it_says_whether_it_is_there() {
        OpenAlarms alarms = new OpenAlarms(bed.feed(), bed.unended(), streams());
        assertThat(new OpenAlarmsHealth(alarms).health().block(LONG).getStatus().getCode())
                .isEqualTo("OUT_OF_SERVICE");
        alarms.start();
        closed(alarms::stop);
        alarms.caughtUp().block(LONG);
        assertThat(new OpenAlarmsHealth(alarms).health().block(LONG).getDetails())
                .containsEntry("open", 0);
    }
}
