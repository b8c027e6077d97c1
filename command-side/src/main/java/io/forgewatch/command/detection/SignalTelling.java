package io.forgewatch.command.detection;

import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.event.Actor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Tells a signal's command to the alarm. A refusal is an answer. */
final class SignalTelling {

    private static final Logger LOG = LoggerFactory.getLogger(SignalTelling.class);
    private static final Actor DETECTION = new Actor("detection", "0");

    private final Commands commands;
    private final DetectionMetrics metrics;

    SignalTelling(Commands commands, DetectionMetrics metrics) {
        this.commands = commands;
        this.metrics = metrics;
    }

    /** Completes when it is done or refused. */
    Mono<Void> told(Signal signal) {
        // Without a key: what is told twice is known by its point and time, and what is said anew of the same breach,
        // by a
        // detection that lost its state, must be heard.
        return Mono.defer(() -> commands.send(SignalCommands.of(signal), DETECTION, null))
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
