package io.forgewatch.command.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.AlarmCommand;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.Refusal;
import io.forgewatch.command.decision.RefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class SignalReceiverTest {

    private static final Commands.Answer DONE = new Commands.Answer(1, Map.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Sinks.Many<SignalLog.Received> topic = Sinks.many().unicast().onBackpressureBuffer();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<AlarmCommand> sent = new CopyOnWriteArrayList<>();
    private volatile Function<AlarmCommand, Mono<Commands.Answer>> store = command -> Mono.just(DONE);

    private final List<Integer> again = new CopyOnWriteArrayList<>();
    private volatile Supplier<Mono<Void>> writes = Mono::empty;

    private final SignalReceiver receiver = new SignalReceiver(
            log(topic::asFlux),
            (command, actor, key, cause) -> {
                sent.add((AlarmCommand) command);
                return store.apply((AlarmCommand) command);
            },
            new DetectionMetrics(registry),
            Mono.empty(),
            time);

    @AfterEach
    void stop() {
        receiver.stop();
        time.dispose();
    }

    private SignalLog log(Supplier<Flux<SignalLog.Received>> received) {
        return new SignalLog() {
            @Override
            public Flux<Received> receive() {
                return received.get();
            }

            @Override
            public Mono<Void> again(Received signal, int rounds) {
                return writes.get().then(Mono.fromRunnable(() -> {
                    again.add(rounds);
                    emit("round " + rounds, signal.value(), rounds);
                }));
            }
        };
    }

    private void receive(String name, byte[] value) {
        emit(name, value, 0);
    }

    private void emit(String name, byte[] value, int rounds) {
        topic.emitNext(
                new SignalLog.Received(
                        "GT3702110001".getBytes(StandardCharsets.US_ASCII),
                        value,
                        rounds,
                        () -> acknowledged.add(name)),
                Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(10)));
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
    void given_a_command_that_never_answers_when_received_then_its_lane_waits_a_bounded_time_and_goes_on_in_order() {
        receiver.start();
        Mono<Commands.Answer> never = Mono.never();
        store = command -> command instanceof AlarmCommand.ReportBreach ? never : Mono.just(DONE);
        receive("breach", Verdict.Kind.BREACH);
        receive("return", Verdict.Kind.RETURN);
        assertThat(acknowledged).isEmpty();

        time.advanceTimeBy(Duration.ofSeconds(16));

        await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.size() == 2);
        assertThat(acknowledged).containsExactly("breach", "return");
        assertThat(count("parked")).isEqualTo(1);
        assertThat(count("done")).isEqualTo(1);
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
    void given_the_store_is_away_when_a_late_signal_is_received_then_no_acknowledgement_waits_for_it_and_it_is_done() {
        receiver.start();
        store = command -> Mono.error(new IllegalStateException("connection refused"));
        receive("late", Verdict.Kind.LATE);
        passUntil(() -> acknowledged.contains("late"));
        assertThat(again).containsExactly(1);
        passUntil(() -> acknowledged.contains("round 2"));
        assertThat(again).containsExactly(1, 2, 3);
        assertThat(count("done")).isZero();

        store = command -> Mono.just(DONE);
        passUntil(() -> acknowledged.contains("round 3"));
        assertThat(again).containsExactly(1, 2, 3);
        assertThat(count("done")).isEqualTo(1);
        assertThat(count("put-back")).isEqualTo(3);
    }

    @Test
    void given_a_late_signal_that_waits_when_a_breach_comes_then_it_is_done_at_once() {
        receiver.start();
        store = command ->
                command instanceof AlarmCommand.ReportLateBreach ? Mono.never() : Mono.just(DONE);
        receive("late", Verdict.Kind.LATE);
        receive("breach", Verdict.Kind.BREACH);

        assertThat(acknowledged).containsExactly("breach");
        passUntil(() -> acknowledged.contains("late"));
    }

    @Test
    void given_it_cannot_be_sent_again_when_its_round_is_over_then_it_is_not_acknowledged_before_it_is() {
        receiver.start();
        store = command -> Mono.error(new IllegalStateException("connection refused"));
        writes = () -> Mono.error(new IllegalStateException("no broker"));
        receive("late", Verdict.Kind.LATE);
        passUntil(() -> count("put-back") == 1);
        time.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(acknowledged).isEmpty();

        writes = Mono::empty;
        passUntil(() -> acknowledged.contains("late"));
        assertThat(again).first().isEqualTo(1);
    }

    @Test
    void given_a_late_signal_that_could_not_be_done_for_a_day_when_it_fails_once_more_then_it_is_put_aside_and_counted() {
        receiver.start();
        store = command -> Mono.error(new IllegalStateException("for ever"));
        emit("late", SignalTest.said(Verdict.Kind.LATE).json(), LateSignals.MOST_ROUNDS - 1);

        passUntil(() -> acknowledged.contains("late"));
        assertThat(again).isEmpty();
        assertThat(count("late-parked")).isEqualTo(1);
    }

    @Test
    void given_more_late_signals_than_are_tried_at_once_when_none_is_done_then_each_is_acknowledged_and_none_is_let_go() {
        receiver.start();
        store = command -> Mono.never();
        for (int i = 0; i < 300; i++) {
            receive("late " + i, Verdict.Kind.LATE);
        }

        passUntil(() -> acknowledged.stream().filter(name -> name.startsWith("late")).count() == 300);
        assertThat(again).hasSizeGreaterThanOrEqualTo(300).startsWith(1);
        assertThat(count("parked")).isZero();
        assertThat(count("late-parked")).isZero();
    }

    private void passUntil(Callable<Boolean> there) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            time.advanceTimeBy(Duration.ofSeconds(5));
            return there.call();
        });
    }

    @ParameterizedTest
    @CsvSource({"0,0", "17,17", "-1,0", "x,0", "'',0", "99999999999,0", "999999,999999"})
    void given_a_header_when_rounds_are_read_then_what_is_no_count_is_none(String said, int rounds) {
        assertThat(KafkaSignalLog.rounds(new RecordHeaders().add("rounds", said.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(rounds);
        assertThat(KafkaSignalLog.rounds(new RecordHeaders())).isZero();
        assertThat(KafkaSignalLog.rounds(new RecordHeaders().add("rounds", null))).isZero();
    }

    @Test
    void given_a_topic_that_breaks_off_when_it_is_there_again_then_signals_are_received_anew() {
        List<Integer> opened = new CopyOnWriteArrayList<>();
        SignalReceiver anew = new SignalReceiver(
                log(() -> {
                    opened.add(opened.size());
                    return opened.size() == 1 ? Flux.error(new IllegalStateException("broker away")) : topic.asFlux();
                }),
                (command, actor, key, cause) -> Mono.just(DONE),
                new DetectionMetrics(registry),
                Mono.empty(),
                time);
        anew.start();
        receive("breach", Verdict.Kind.BREACH);

        await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.contains("breach"));
        anew.stop();
    }
}
