package io.forgewatch.command.eventstore;

import com.github.f4b6a3.uuid.UuidCreator;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.DueDate.Origin;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Runs one automation: follows the store, and for each event that it waits for sends the commands and enters the due dates.
 * Events of one enterprise go in order, enterprises beside each other, and none waits for another's. A command's id is a UUIDv5
 * of automation, event and index, and its idempotency key: what is done twice has one effect.
 */
final class AutomationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AutomationRunner.class);
    private static final UUID NAMESPACE = UuidCreator.getNameBasedSha1("forgewatch/automations");
    private static final int LANES = 32;
    private static final int AHEAD = 64;
    private static final int TRIES = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofMinutes(1);
    /** Then its outcome is unknown, and it is sent again under its key. */
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

    private final Automation automation;
    private final AxonCommands commands;
    private final DueDates dueDates;
    private final Clock clock;

    AutomationRunner(Automation automation, AxonCommands commands, DueDates dueDates, Clock clock) {
        this.automation = automation;
        this.commands = commands;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    String name() {
        return automation.name();
    }

    /**
     * Handles events as they come; tells the position up to which all is done. Never completes: fails with {@link
     * HaltedException} where an event could not be handled, once all before it are done.
     *
     * @param from the position up to which it was done before
     */
    Flux<Long> run(Flux<StoredEvent> events, long from) {
        return Flux.defer(() -> {
            Watermark watermark = new Watermark(from);
            Halt halt = new Halt();
            return events.takeUntilOther(halt.happened())
                    .takeWhile(halt::passesLegible)
                    .doOnNext(event -> watermark.begin(event.position()))
                    .groupBy(AutomationRunner::lane, LANES)
                    .flatMap(lane -> lane.concatMap(event -> handleStored(event, halt), AHEAD), LANES, AHEAD)
                    .map(watermark::done)
                    .concatWith(halt.failure());
        });
    }

    private static int lane(StoredEvent event) {
        return Math.floorMod(Objects.hashCode(event.recorded().event().enterpriseId()), LANES);
    }

    /** Empty for what could not be handled and for what comes after that. */
    private Mono<Long> handleStored(StoredEvent stored, Halt halt) {
        return Mono.defer(() -> halt.isBefore(stored.position()) ? Mono.<Long>empty() : handled(stored))
                .onErrorResume(failure -> {
                    halt.at(stored.position(), failure);
                    return Mono.empty();
                });
    }

    private Mono<Long> handled(StoredEvent stored) {
        RecordedEvent event = stored.recorded();
        boolean wanted = automation.on().stream().anyMatch(type -> type.isInstance(event.event()));
        return (wanted ? handle(event) : Mono.<Void>empty()).thenReturn(stored.position());
    }

    private Mono<Void> handle(RecordedEvent event) {
        List<Command> wanted = automation.then(event);
        List<DueDate> dates = automation.due(event);
        Mono<Void> entered = dates.isEmpty() ? Mono.empty() : enter(dates);
        return entered.then(Flux.range(0, wanted.size())
                .concatMap(index -> send(wanted.get(index), event, index))
                .then());
    }

    private Mono<Void> send(Command command, RecordedEvent event, int index) {
        String id = commandId(name(), event.id(), index);
        Origin origin = new Origin(Actor.automation(name()), id, event.id());
        return commands.send(command, origin.actor(), id, origin.cause().toString())
                .timeout(LONGEST_COMMAND)
                .retryWhen(Retry.backoff(TRIES, Duration.ofMillis(50))
                        .maxBackoff(LONGEST_PAUSE)
                        .filter(failure -> !RefusedException.isAnswer(failure))
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .then()
                .onErrorResume(RefusedException::isAnswer, refused -> {
                    // An answer like any other: the rule asked for something that made no sense in that state.
                    LOG.debug("{}: {}", name(), refused.getMessage());
                    return Mono.empty();
                })
                .onErrorResume(failure -> later(command, event, origin, failure));
    }

    /**
     * The rest must go on; what could not be done now is tried again as a due date, and shows there when it never can. It stays the
     * same command: if it was done after all, unknown to us, it is not done again.
     */
    private Mono<Void> later(Command command, RecordedEvent event, Origin origin, Throwable failure) {
        LOG.error("{} could not act on event {}; it will be tried again", name(), event.position(), failure);
        return enter(List.of(new DueDate(
                name() + "/" + origin.idempotencyKey(), clock.instant().plus(LATER), command, origin)));
    }

    private Mono<Void> enter(List<DueDate> dates) {
        return dueDates.enter(dates).timeout(LONGEST_COMMAND);
    }

    static String commandId(String automation, UUID event, int index) {
        return UuidCreator.getNameBasedSha1(
                        NAMESPACE, (automation + "/" + event + "/" + index).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
