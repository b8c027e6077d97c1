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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    private final SignalReceiver receiver = new SignalReceiver(
            topic::asFlux,
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

    private void receive(String name, byte[] value) {
        topic.tryEmitNext(new SignalLog.Received(
                        "GT3702110001".getBytes(StandardCharsets.US_ASCII), value, () -> acknowledged.add(name)))
                .orThrow();
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
    void given_the_store_is_away_when_a_late_signal_is_received_then_it_is_not_let_go_and_holds_nobody_up() {
        receiver.start();
        store = command -> Mono.error(new IllegalStateException("connection refused"));
        receive("late", Verdict.Kind.LATE);
        receive("breach", Verdict.Kind.BREACH);
        time.advanceTimeBy(Duration.ofMinutes(10));
        await().atMost(Duration.ofSeconds(20)).until(() -> acknowledged.contains("breach"));
        assertThat(acknowledged).containsExactly("breach");

        store = command -> Mono.just(DONE);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            time.advanceTimeBy(Duration.ofMinutes(1));
            return acknowledged.contains("late");
        });
        assertThat(acknowledged).containsExactly("breach", "late");
        assertThat(count("parked")).isEqualTo(1);
    }

    @Test
    void given_a_topic_that_breaks_off_when_it_is_there_again_then_signals_are_received_anew() {
        List<Integer> opened = new CopyOnWriteArrayList<>();
        SignalReceiver anew = new SignalReceiver(
                () -> {
                    opened.add(opened.size());
                    return opened.size() == 1 ? Flux.error(new IllegalStateException("broker away")) : topic.asFlux();
                },
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
