package io.forgewatch.command.detection;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.event.Actor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** Tells a signal's command to the alarm. A refusal is an answer; what fails is tried again. */
final class SignalTelling {

    private static final Logger LOG = LoggerFactory.getLogger(SignalTelling.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration MOST_FOR_A_TRY = Duration.ofSeconds(10);
    private static final Actor DETECTION = new Actor("detection", "0");

    private final Commands commands;
    private final DetectionMetrics metrics;
    private final Scheduler time;

    /** @param time by which it waits */
    SignalTelling(Commands commands, DetectionMetrics metrics, Scheduler time) {
        this.commands = commands;
        this.metrics = metrics;
        this.time = time;
    }

    /** Completes when it is done or refused; fails when none of so many tries was answered. */
    Mono<Void> told(Signal signal, long tries, Duration longestWait) {
        // Without a key: what is told twice is known by its point and time, and what is said anew of the same breach,
        // by a
        // detection that lost its state, must be heard.
        return Mono.defer(() -> commands.send(SignalCommands.of(signal), DETECTION, null))
                .timeout(MOST_FOR_A_TRY, time)
                .retryWhen(Retry.backoff(tries, FIRST_WAIT)
                        .maxBackoff(longestWait)
                        .jitter(0.5)
                        .scheduler(time)
                        .filter(failure -> !RefusedException.isAnswer(failure)))
                .doOnNext(answer -> metrics.done())
                .then()
                .onErrorResume(RefusedException.class, refused -> {
                    if (!RefusedException.isAnswer(refused)) {
                        return Mono.error(refused);
                    }
                    LOG.info("Refused: {} for {}", refused.refusal().code(), signal.alarm());
                    metrics.refused();
                    return Mono.empty();
                });
    }
}
