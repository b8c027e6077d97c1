package io.forgewatch.command.automation;

import com.github.f4b6a3.uuid.UuidCreator;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.SentAt;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Sends an automation's commands. A command's id is a UUIDv5 of automation, event and index, and its idempotency key: what is sent
 * twice has one effect.
 */
final class Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    private static final UUID NAMESPACE = UuidCreator.getNameBasedSha1("forgewatch/automations");

    private final String automation;
    private final Commands commands;
    private final DeciderNames names;
    private final Tries tries;
    private final Clock clock;

    Sending(String automation, Means means) {
        this.automation = automation;
        this.commands = means.commands();
        this.names = means.names();
        this.tries = means.tries();
        this.clock = means.clock();
    }

    /** Under which key what a command is decided on is parked, as far as events of one owner ask for it. */
    String decision(Command command, RecordedEvent event) {
        try {
            return Parked.decision(names.decision(command), Keys.ownerOf(event));
        } catch (RuntimeException broken) {
            throw new PoisonException(broken);
        }
    }

    /** What a rule asked for that made no sense in that state is refused: an answer like any other. */
    Mono<Void> send(Looks.Look look) {
        String id = commandId(automation, look.event().id(), look.index());
        Mono<Void> answered = Mono.defer(() -> commands.send(
                        SentAt.now(look.command(), clock.instant()),
                        Actor.automation(automation),
                        id,
                        look.cause().id().toString()))
                .then()
                .onErrorResume(RefusedException::isAnswer, refused -> {
                    LOG.debug("{}: {}", automation, refused.getMessage());
                    return Mono.empty();
                });
        return tries.of(Keys.ownerOf(look.event()), answered);
    }

    static String commandId(String automation, UUID event, int index) {
        return UuidCreator.getNameBasedSha1(
                        NAMESPACE, (automation + "/" + event + "/" + index).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
