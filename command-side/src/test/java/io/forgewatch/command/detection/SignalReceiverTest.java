package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.fixture.KeptInMemory;
import io.forgewatch.command.parking.ParkedSignals;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class SignalReceiverTest {

    private static final String POISON = "GT3702110001010001";
    private static final Commands.Answer DONE = new Commands.Answer(1, Map.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SignalTopic topic = new SignalTopic();
    private final List<String> acknowledged = topic.acknowledged;
    private final List<AlarmCommand> sent = new CopyOnWriteArrayList<>();
    private volatile Function<AlarmCommand, Mono<Commands.Answer>> store = command -> Mono.just(DONE);
    /** Whether the store answers somebody who looks. */
    private volatile boolean answers = true;

    private final KeptInMemory kept = new KeptInMemory(time);

    private final SignalReceiver receiver = receiver(topic::receive);

    @AfterEach
    void stop() {
        receiver.stop();
        time.dispose();
    }

    private SignalReceiver receiver(Supplier<Flux<SignalLog.Received>> received) {
        return new SignalReceiver(
                received::get,
                (command, actor, key, cause) -> {
                    sent.add((AlarmCommand) command);
                    return store.apply((AlarmCommand) command);
                },
                kept,
                blame(),
                new DetectionMetrics(registry),
                new StandingStreams(registry),
                Mono.empty(),
                time,
                Schedulers.immediate());
    }

    private Blame blame() {
        return new Blame() {
            @Override
            public Mono<Boolean> isStores(Throwable failure) {
                return Mono.just(failure instanceof IOException);
            }

            @Override
            public Mono<Boolean> isAway() {
                return Mono.fromSupplier(() -> !answers);
            }
        };
    }

    private void storeAway() {
        answers = false;
        store = command -> Mono.error(new IOException("connection refused"));
    }

    private void storeBack() {
        answers = true;
        store = command -> Mono.just(DONE);
    }

    private void receive(String name, byte[] value) {
        topic.add(name, value);
    }

    private void receive(String name, Signal signal) {
        receive(name, signal.json());
    }

    private void receive(String name, Verdict.Kind kind) {
        receive(name, SignalTest.said(kind).json());
    }

    private double count(String outcome) {
        return registry.counter("forgewatch.signals", "outcome", outcome).count();
    }

    @Test
    void given_signals_when_received_then_each_is_acknowledged_when_it_is_done_and_in_order() {
        receiver.start();
        receive("breach", Verdict.Kind.BREACH);
        receive("return", Verdict.Kind.RETURN);
        receive("settled", Verdict.Kind.SETTLED);

        assertThat(acknowledged).containsExactly("breach", "return", "settled");
        assertThat(sent)
                .extracting(command -> command.getClass().getSimpleName())
                .containsExactly("ReportBreach", "ReportReturn", "ReportSettled");
        assertThat(count("done")).isEqualTo(3);
    }

    @Test
    void given_a_record_that_is_no_signal_when_received_then_it_is_counted_and_what_follows_is_done() {
        receiver.start();
        receive("rubbish", "no json".getBytes(StandardCharsets.UTF_8));
        receive("null", "null".getBytes(StandardCharsets.UTF_8));
        receive("empty", new byte[0]);
        receive("breach", Verdict.Kind.BREACH);

        assertThat(acknowledged).containsExactly("rubbish", "null", "empty", "breach");
        assertThat(count("no-signal")).isEqualTo(3);
        assertThat(count("done")).isEqualTo(1);
    }

    @Test
    void given_a_command_that_never_answers_when_received_then_its_point_is_parked_and_the_works_goes_on_in_order() {
        receiver.start();
        Mono<Commands.Answer> never = Mono.never();
        store = command -> concerns(command, POISON) ? never : Mono.just(DONE);
        receive("poison", of(POISON, 1));
        receive("other", of("GT3702110001010002", 2));
        assertThat(acknowledged).isEmpty();

        time.advanceTimeBy(Duration.ofSeconds(16));

        assertThat(acknowledged).containsExactly("poison", "other");
        assertThat(count("parked")).isEqualTo(1);
        assertThat(count("done")).isEqualTo(1);
        assertThat(kept.subjects).containsExactly(POISON + ".BF_CW_P.LOW");
    }

    @Test
    void given_a_poisonous_signal_when_another_point_of_its_works_breaks_later_then_that_is_done_at_once() {
        receiver.start();
        store = command ->
                concerns(command, POISON) ? Mono.error(new NullPointerException("no factor")) : Mono.just(DONE);
        receive("poison", of(POISON, 1));
        time.advanceTimeBy(Duration.ofSeconds(10));
        int tries = sent.size();
        receive("poison again", of(POISON, 2));
        receive("other", of("GT3702110001010002", 3));

        assertThat(acknowledged).containsExactly("poison", "poison again", "other");
        assertThat(sent).as("not tried in the way of others").hasSize(tries + 1);
    }

    @Test
    void given_a_parked_point_when_its_decider_is_mended_then_all_that_was_said_of_it_is_done_once_and_in_order() {
        receiver.start();
        store = command -> Mono.error(new NullPointerException("no factor"));
        receive("breach", of(POISON, 1));
        time.advanceTimeBy(Duration.ofSeconds(10));
        receive("asserted", of(POISON, 1));
        receive("return", SignalTest.said(Verdict.Kind.RETURN, POISON, 1));
        assertThat(acknowledged).containsExactly("breach", "asserted", "return");
        time.advanceTimeBy(Duration.ofSeconds(60));
        sent.clear();

        store = command -> Mono.just(DONE);
        time.advanceTimeBy(Duration.ofSeconds(40));

        assertThat(sent)
                .extracting(command -> command.getClass().getSimpleName())
                .containsExactly("ReportBreach", "ReportReturn");
        assertThat(kept.subjects).isEmpty();
        receive("breach", of(POISON, 5));
        assertThat(sent).hasSize(3);
    }

    @Test
    void
            given_the_store_is_away_for_a_moment_when_it_is_back_then_nobody_was_parked_and_what_was_said_often_is_done_once() {
        receiver.start();
        storeAway();
        receive("breach", of(POISON, 1));
        for (int i = 0; i < 20; i++) {
            receive("asserted " + i, of("GT3702110001010002", 1));
        }
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(acknowledged).isEmpty();
        assertThat(kept.subjects).isEmpty();
        sent.clear();

        storeBack();
        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(acknowledged).hasSize(21);
        assertThat(sent).hasSize(2);
        assertThat(count("parked")).isZero();
    }

    @Test
    void given_the_store_is_away_for_all_when_it_is_back_then_it_goes_on_by_itself_and_nothing_was_parked_or_lost() {
        receiver.start();
        storeAway();
        for (int i = 0; i < 20; i++) {
            receive("said " + i, of(POISON, i));
            time.advanceTimeBy(Duration.ofSeconds(30));
        }
        assertThat(acknowledged).isEmpty();
        assertThat(topic.subscriptions())
                .as("it is left alone, and not tried again and again")
                .isEqualTo(1);
        sent.clear();

        storeBack();
        time.advanceTimeBy(Duration.ofSeconds(12));

        assertThat(acknowledged).hasSize(20);
        assertThat(sent).hasSize(20);
        assertThat(kept.subjects).isEmpty();
        assertThat(count("parked")).isZero();
    }

    @Test
    void given_more_of_a_works_than_can_wait_when_another_works_breaks_then_that_is_done_and_nothing_is_lost() {
        receiver.start();
        Sinks.Empty<Commands.Answer> slow = Sinks.empty();
        store = command -> concerns(command, "GT3702110001") ? slow.asMono() : Mono.just(DONE);
        for (int i = 0; i < 1_200; i++) {
            receive("storm", of("GT3702110001010001", i));
        }
        receive("other", of("GT3702110002010001", 1));

        assertThat(acknowledged).contains("other");
        assertThat(count("behind") + count("parked")).isEqualTo(1_200 - 1_025);
        slow.tryEmitEmpty();
        store = command -> Mono.just(DONE);
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(acknowledged).hasSize(1_201);
        assertThat(kept.subjects).isEmpty();
        assertThat(sent).hasSize(1_201);
    }

    /** Nothing leaves the room then: one works would have all of it. */
    @Test
    void
            given_the_store_is_away_when_one_works_says_more_than_there_is_room_for_then_anothers_breach_is_tried_at_once() {
        receiver.start();
        store = command -> Mono.error(new IOException("connection refused"));
        kept.away = true;
        for (int i = 0; i < 40_000; i++) {
            receive("storm", of("GT3702110001010001", i));
        }
        receive("other", of("GT3702110002010001", 1));

        assertThat(sent).anyMatch(command -> concerns(command, "GT3702110002"));
        assertThat(count("let-go")).isEqualTo(40_000 - HeldSignals.MOST_OF_ONE);
        assertThat(acknowledged).hasSize(40_000 - HeldSignals.MOST_OF_ONE).doesNotContain("other");

        store = command -> Mono.just(DONE);
        kept.away = false;
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(acknowledged).contains("other").hasSize(40_001);
        receive("said again", of("GT3702110001010001", 39_999));
        assertThat(acknowledged).contains("said again");
        assertThat(sent.getLast().toString()).contains("39999");
    }

    @Test
    void given_late_signals_that_nobody_says_again_when_there_are_too_many_of_a_works_then_none_is_let_go() {
        receiver.start();
        store = command -> Mono.error(new IOException("connection refused"));
        kept.away = true;
        int many = HeldSignals.MOST_OF_ONE + 100;
        for (int i = 0; i < many; i++) {
            receive("late", late(i));
        }
        assertThat(acknowledged).isEmpty();

        store = command -> Mono.just(DONE);
        kept.away = false;
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(acknowledged).hasSize(many);
        assertThat(count("let-go")).isZero();
        assertThat(kept.subjects).isEmpty();
    }

    @Test
    void given_it_cannot_be_parked_when_the_store_takes_it_again_then_it_is_not_acknowledged_before_it_is() {
        receiver.start();
        store = command -> Mono.error(new NullPointerException("no factor"));
        kept.away = true;
        answers = false;
        receive("poison", of(POISON, 1));
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(acknowledged).isEmpty();

        kept.away = false;
        answers = true;
        time.advanceTimeBy(Duration.ofSeconds(30));
        assertThat(acknowledged).containsExactly("poison");
    }

    @Test
    void given_late_signals_that_fail_when_they_can_be_done_then_each_is_and_none_was_superseded() {
        receiver.start();
        store = command -> command instanceof AlarmCommand.ReportLateBreach
                ? Mono.error(new NullPointerException("no factor"))
                : Mono.just(DONE);
        receive("late 1", late(1));
        receive("late 2", late(2));
        receive("breach", of("GT3702110001010002", 3));
        assertThat(acknowledged).containsExactly("breach");
        time.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(acknowledged).hasSize(3);
        assertThat(kept.subjects).hasSize(2);
        sent.clear();
        store = command -> Mono.just(DONE);
        time.advanceTimeBy(Duration.ofSeconds(80));
        assertThat(sent.stream().filter(AlarmCommand.ReportLateBreach.class::isInstance))
                .hasSize(2);
        assertThat(kept.subjects).isEmpty();
    }

    private static boolean concerns(AlarmCommand command, String device) {
        return command instanceof AlarmCommand.ReportBreach breach
                && breach.alarm().toString().startsWith(device);
    }

    private static Signal late(long onset) {
        return SignalTest.said(Verdict.Kind.LATE, POISON, onset);
    }

    private static Signal of(String device, long onset) {
        return SignalTest.said(Verdict.Kind.BREACH, device, onset);
    }

    @Test
    void given_a_refusal_when_received_then_that_is_an_answer_and_nothing_is_tried_again() {
        receiver.start();
        store = command -> Mono.error(new RefusedException(new Refusal(Refusal.Kind.CONFLICT, "no", "否", "no")));
        receive("breach", Verdict.Kind.BREACH);

        assertThat(acknowledged).containsExactly("breach");
        assertThat(sent).hasSize(1);
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void given_a_topic_that_breaks_off_when_it_is_there_again_then_signals_are_received_anew() {
        List<Integer> opened = new CopyOnWriteArrayList<>();
        SignalReceiver anew = receiver(() -> {
            opened.add(opened.size());
            return opened.size() == 1 ? Flux.error(new IllegalStateException("broker away")) : topic.receive();
        });
        anew.start();
        try {
            receive("breach", Verdict.Kind.BREACH);
            await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.equals(List.of("breach")));
        } finally {
            anew.stop();
        }
    }

    /** Nothing fails: the works only has too much. What gets worse meanwhile must not wait a minute. */
    @Test
    void given_a_point_that_is_behind_and_being_done_when_it_gets_worse_then_that_is_done_right_after() {
        receiver.start();
        Sinks.Empty<Commands.Answer> slow = Sinks.empty();
        store = command -> slow.asMono();
        for (int i = 0; i < 1_100; i++) {
            receive("storm", of("GT3702110001010001", i));
        }
        time.advanceTimeBy(Duration.ofSeconds(2));
        receive("worse", of("GT3702110001010001", 2_000));
        assertThat(acknowledged).contains("worse");

        slow.tryEmitEmpty();
        store = command -> Mono.just(DONE);
        time.advanceTimeBy(Duration.ofSeconds(4));
        assertThat(kept.subjects).isEmpty();
        assertThat(sent).last().satisfies(last -> assertThat(last.toString()).contains("2000"));
    }

    /** Such as only newer code can read, or one torn up: it fails like any other, and is told so. */
    @Test
    void given_a_kept_signal_that_cannot_be_read_when_it_is_tried_then_it_fails_and_no_other_waits_for_it() {
        kept.behind(new ParkedSignals.Entry(
                        "torn", "BREACH 1", "GT3702110001", 0, 1, "{}".getBytes(StandardCharsets.UTF_8)))
                .block();
        receiver.start();
        time.advanceTimeBy(Duration.ofSeconds(15));
        assertThat(kept.failed).containsExactly("torn");
    }

    @Test
    void given_signals_that_are_neither_done_nor_kept_when_that_lasts_then_it_is_told_and_over_when_they_are() {
        SignalsHealth health = new SignalsHealth(receiver);
        receiver.start();
        storeAway();
        receive("breach", of(POISON, 1));
        time.advanceTimeBy(Duration.ofSeconds(59));
        assertThat(health.health().block().getStatus()).isEqualTo(Status.UP);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(health.health().block().getStatus()).isEqualTo(Status.DOWN);
        assertThat(registry.get("forgewatch.signals.oldest").gauge().value()).isEqualTo(60);

        storeBack();
        time.advanceTimeBy(Duration.ofSeconds(12));
        assertThat(acknowledged).containsExactly("breach");
        assertThat(health.health().block().getStatus()).isEqualTo(Status.UP);
        assertThat(receiver.oldest()).isZero();
    }

    @Test
    void given_a_topic_that_cannot_be_received_when_something_is_kept_then_that_is_done_all_the_same() {
        SignalReceiver deaf = receiver(() -> Flux.error(new IllegalStateException("broker away")));
        kept.behind(new ParkedSignals.Entry(
                        POISON + ".BF_CW_P.LOW",
                        "BREACH 1",
                        "GT3702110001",
                        0,
                        1,
                        of(POISON, 1).json()))
                .block();
        deaf.start();
        try {
            time.advanceTimeBy(Duration.ofSeconds(3));
            assertThat(sent).hasSize(1);
            assertThat(kept.subjects).isEmpty();
        } finally {
            deaf.stop();
        }
    }

    /** Its pool or its route may be broken, and another's well: what it holds, nobody else can do. */
    @Test
    void
            given_the_store_is_away_for_this_instance_when_that_lasts_then_the_signals_are_left_to_others_until_it_answers() {
        receiver.start();
        storeAway();
        receive("breach", of(POISON, 1));
        time.advanceTimeBy(Duration.ofSeconds(14));
        assertThat(topic.isReceived()).isTrue();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(topic.isReceived()).as("the other instance has them").isFalse();
        topic.takenByAnother();
        time.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(topic.isReceived()).isFalse();
        assertThat(new SignalsHealth(receiver).health().block().getDetails()).containsEntry("leftToOthers", true);
        assertThat(topic.subscriptions()).isEqualTo(1);

        storeBack();
        time.advanceTimeBy(Duration.ofSeconds(12));
        assertThat(topic.isReceived()).isTrue();
        receive("another", of(POISON, 2));
        assertThat(acknowledged).containsExactly("another");
        assertThat(receiver.oldest()).isZero();
    }

    @Test
    void given_a_store_that_takes_something_now_and_then_when_other_attempts_fail_then_nothing_is_given_up() {
        receiver.start();
        store = command ->
                concerns(command, POISON) ? Mono.error(new IOException("connection refused")) : Mono.just(DONE);
        receive("breach", of(POISON, 1));
        for (int i = 0; i < 20; i++) {
            receive("other", of("GT3702110002010001", i));
            time.advanceTimeBy(Duration.ofSeconds(10));
        }
        assertThat(topic.subscriptions()).isEqualTo(1);
        assertThat(acknowledged).hasSize(20);
    }

    /** As where only what is written fails. */
    @Test
    void given_a_store_that_answers_and_takes_nothing_when_that_lasts_then_it_rests_some_seconds_each_time() {
        receiver.start();
        store = command -> Mono.error(new IOException("connection refused"));
        receive("breach", of(POISON, 1));
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(topic.subscriptions()).isBetween(20, 36);
    }

    @Test
    void given_what_cannot_be_kept_when_that_lasts_then_it_is_left_to_others_as_well() {
        receiver.start();
        store = command -> Mono.error(new NullPointerException("no factor"));
        kept.away = true;
        answers = false;
        receive("poison", of(POISON, 1));
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(topic.isReceived()).isFalse();
    }

    /** Of a release that comes while this one runs: it may say so only once. */
    @Test
    void given_what_only_newer_code_knows_when_received_then_it_is_kept_and_done_by_such_and_the_points_others_pass() {
        receiver.start();
        String late = new String(late(1).json(), StandardCharsets.UTF_8);
        receive("kind", bytes(late.replace("\"LATE\"", "\"LATE_AND_GONE\"")));
        receive("severity", bytes(late.replace("\"severity\":\"A\"", "\"severity\":\"S\"")));
        receive("version", bytes(late.replace("\"version\":1", "\"version\":2")));
        receive("breach", of(POISON, 2));

        assertThat(acknowledged).containsExactly("kind", "severity", "version", "breach");
        assertThat(sent).hasSize(1);
        assertThat(count("newer")).isEqualTo(3);
        assertThat(kept.subjects).containsExactly("newer " + POISON + ".BF_CW_P.LOW");
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(kept.failed).as("tried by whatever code is there").isNotEmpty();
        assertThat(sent).hasSize(1);
    }

    @Test
    void given_what_only_newer_code_knows_when_the_store_is_away_then_it_is_not_acknowledged_before_it_is_kept() {
        receiver.start();
        kept.away = true;
        receive("newer", bytes("{\"kind\":\"WHISPER\"}"));
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(acknowledged).isEmpty();
        kept.away = false;
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(acknowledged).containsExactly("newer");
        assertThat(kept.subjects).as("whose it is, its record says").containsExactly("newer ?.?.?");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
