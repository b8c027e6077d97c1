package io.forgewatch.command.automation;

import com.github.f4b6a3.uuid.UuidCreator;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.DueDate.Origin;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.eventstore.AxonCommands;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.EventRows;
import io.forgewatch.command.eventstore.SentAt;
import io.forgewatch.command.eventstore.StoredEvent;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Runs one automation: follows the store, and for each event that it waits for sends the commands and enters the due dates.
 * Events of one enterprise go in order, enterprises beside each other, and none waits for another's: where the rule itself fails
 * on an event, its enterprise is parked. Commands that only look again are shared ({@link Looks}). A command's id is a UUIDv5 of automation, event and index, and its idempotency key: what
 * is done twice has one effect.
 */
final class AutomationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AutomationRunner.class);
    private static final UUID NAMESPACE = UuidCreator.getNameBasedSha1("forgewatch/automations");
    private static final int LANES = 32;
    private static final int AHEAD = 64;
    /** So many events of a lane may wait for looks that they share. */
    private static final int JOINED = 1_024;

    private static final int TRIES = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** After a rule that failed for everybody they are many: the database has other work, and memory is one. */
    private static final int RESUMED_AT_ONCE = 8;

    private static final int RESUMED_PAGE = 128;
    private static final Duration RESUMED_AGAIN = Duration.ofMillis(200);
    private static final Duration RESUMED_AGAIN_AT_LAST = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofMinutes(1);
    /** Then its outcome is unknown, and it is sent again under its key. */
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

    private final Automation automation;
    /** The stored names of the events that it waits for. */
    private final Set<String> wanted;

    private final AxonCommands commands;
    private final DueDates dueDates;
    private final EventRows rows;
    private final Parking parking;
    private final Clock clock;

    /**
     * @param rows where events are read that were left alone
     * @param parked where it is kept whose these are
     */
    AutomationRunner(
            Automation automation,
            AxonCommands commands,
            DueDates dueDates,
            EventRows rows,
            ParkedRows parked,
            Clock clock) {
        this.automation = automation;
        this.wanted = EventTypes.names(automation.on());
        this.commands = commands;
        this.dueDates = dueDates;
        this.rows = rows;
        this.parking = new Parking(automation.name(), parked);
        this.clock = clock;
    }

    String name() {
        return automation.name();
    }

    /** Whose events are left alone, while it runs here. */
    List<Parked> parked() {
        return parking.all();
    }

    /**
     * Handles events as they come, and beside them those that were left alone before; tells the position up to which all is done
     * or left alone. Never completes: fails with {@link HaltedException} where an event that it waits for could not be read, or not
     * be handled for other reasons than its rule, once all before it are done.
     *
     * @param from the position up to which it was done before
     */
    Flux<Long> run(Flux<StoredEvent> events, long from) {
        return parking.begin()
                .flatMapMany(parked -> Flux.merge(
                        live(events, from),
                        Flux.fromIterable(parked)
                                .map(Parked::key)
                                .flatMap(this::resumed, RESUMED_AT_ONCE)
                                .thenMany(Flux.empty())));
    }

    private Flux<Long> live(Flux<StoredEvent> events, long from) {
        return Flux.using(
                () -> new Looks(look -> send(look.command(), look.event(), look.index(), look.cause())),
                looks -> live(events, from, looks),
                Looks::stop);
    }

    private Flux<Long> live(Flux<StoredEvent> events, long from, Looks looks) {
        return Flux.defer(() -> {
            Watermark watermark = new Watermark(from);
            Halt halt = new Halt();
            return events.takeUntilOther(halt.happened())
                    .takeWhile(event -> !isWanted(event) || halt.passesLegible(event))
                    .doOnNext(event -> watermark.begin(event.position()))
                    .groupBy(this::lane, LANES)
                    .flatMap(
                            lane -> lane.concatMap(event -> begun(event, halt, looks), AHEAD)
                                    .flatMap(rest -> rest, JOINED),
                            LANES + 1,
                            AHEAD)
                    .map(watermark::done)
                    .concatWith(halt.failure());
        });
    }

    private boolean isWanted(StoredEvent event) {
        return wanted.contains(event.name());
    }

    /** What it does not wait for goes in a lane of its own, in which nothing is done, and is not read: newer code may have made it. */
    private int lane(StoredEvent event) {
        return isWanted(event) ? Math.floorMod(Parking.keyOf(event.recorded()).hashCode(), LANES) : LANES;
    }

    /**
     * What of an event goes in order, and gives what then still completes: its looks are shared, and hold up nothing. Empty for
     * what could not be handled and for what comes after that.
     */
    private Mono<Mono<Long>> begun(StoredEvent stored, Halt halt, Looks looks) {
        return Mono.defer(() -> halt.isBefore(stored.position()) ? Mono.<Mono<Void>>empty() : begun(stored, looks))
                .map(rest -> rest.thenReturn(stored.position()).onErrorResume(failure -> halted(stored, halt, failure)))
                .onErrorResume(failure -> halted(stored, halt, failure));
    }

    private static <T> Mono<T> halted(StoredEvent stored, Halt halt, Throwable failure) {
        halt.at(stored.position(), failure);
        return Mono.empty();
    }

    private Mono<Mono<Void>> begun(StoredEvent stored, Looks looks) {
        if (!isWanted(stored)) {
            return Mono.just(Mono.empty());
        }
        RecordedEvent event = stored.recorded();
        return parking.leavesAlone(event)
                .filter(alone -> !alone)
                .flatMap(unparked -> asked(event))
                .flatMap(wanted -> {
                    // They need not wait for the dates: whichever is lost in a crash is done again with its event.
                    Mono<Void> looked = wanted.looks()
                            .map(look -> new Looks.Look(look.command(), event, look.index()))
                            .flatMap(looks::ask)
                            .then()
                            .cache();
                    looked.subscribe(null, told -> {});
                    return entered(wanted)
                            .thenMany(wanted.inTurn())
                            .concatMap(next -> send(next.command(), event, next.index()))
                            .then(Mono.just(looked));
                })
                .defaultIfEmpty(Mono.empty());
    }

    /**
     * Handles what was left alone, page by page, until nothing is left, or its rule fails again, or there is an event that it
     * waits for and only newer code can read: then the rest stays parked. What else goes wrong with it is tried again, and holds up nobody else.
     */
    private Mono<Void> resumed(String key) {
        return Mono.defer(() -> Mono.justOrEmpty(parking.of(key)))
                .flatMap(parked -> Mono.just(parked.position() - 1)
                        .expand(after -> nextPage(parked, after))
                        .then())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, RESUMED_AGAIN)
                        .maxBackoff(RESUMED_AGAIN_AT_LAST)
                        .filter(HaltedException.class::isInstance)
                        .doBeforeRetry(retry -> LOG.warn(
                                "{} tries again what was left alone of {}: {}",
                                name(),
                                key,
                                retry.failure().getMessage())));
    }

    /** The position after which to go on, or empty. */
    private Mono<Long> nextPage(Parked parked, long after) {
        return rows.bearing(parked.key(), after, RESUMED_PAGE)
                .collectList()
                .onErrorMap(failure -> new HaltedException(after, failure))
                .flatMap(page -> page.isEmpty()
                        ? parking.released(parked.key(), after)
                                .filter(released -> !released)
                                .delayElement(RESUMED_AGAIN)
                                .map(more -> after)
                        : handled(parked, page));
    }

    private Mono<Long> handled(Parked parked, List<StoredEvent> page) {
        long last = page.getLast().position();
        return Flux.fromIterable(page)
                .concatMap(event -> handledLate(parked, event)
                        .onErrorMap(
                                AutomationRunner::isTrouble, failure -> new HaltedException(event.position(), failure)))
                .all(handled -> handled)
                .flatMap(all -> all ? parking.done(parked, last).thenReturn(last) : Mono.empty());
    }

    /** Whether it may pass; a claim that is lost does not come back. */
    private static boolean isTrouble(Throwable failure) {
        return !(failure instanceof UnableToClaimTokenException);
    }

    /** A subject's tag may be borne by events of an enterprise too: those are not parked under it. */
    private Mono<Boolean> handledLate(Parked parked, StoredEvent event) {
        return Mono.defer(() -> {
            if (!isWanted(event)) {
                return Mono.just(true);
            }
            if (!isLegible(event)) {
                return Mono.just(false);
            }
            RecordedEvent recorded = event.recorded();
            return Parking.keyOf(recorded).equals(parked.key()) ? handle(recorded) : Mono.just(true);
        });
    }

    private boolean isLegible(StoredEvent event) {
        try {
            event.recorded();
            return true;
        } catch (RuntimeException illegible) {
            LOG.error("{} leaves more alone: event {} cannot be read", name(), event.position(), illegible);
            return false;
        }
    }

    /** False when its rule fails on it: then its owner is parked. */
    private Mono<Boolean> handle(RecordedEvent event) {
        return asked(event)
                .flatMap(wanted -> entered(wanted)
                        .thenMany(wanted.all())
                        .concatMap(next -> send(next.command(), event, next.index()))
                        .then(Mono.just(true)))
                .defaultIfEmpty(false);
    }

    /** Empty when its rule fails on it: then its owner is parked. */
    private Mono<Wanted> asked(RecordedEvent event) {
        try {
            return Mono.just(new Wanted(automation.then(event), automation.due(event)));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            return parking.park(event, broken).then(Mono.empty());
        }
    }

    private Mono<Void> entered(Wanted wanted) {
        return wanted.dates().isEmpty() ? Mono.empty() : enter(wanted.dates());
    }

    private Mono<Void> send(Command command, RecordedEvent event, int index) {
        return send(command, event, index, event);
    }

    private Mono<Void> send(Command command, RecordedEvent event, int index, RecordedEvent cause) {
        String id = commandId(name(), event.id(), index);
        Origin origin = new Origin(Actor.automation(name()), id, cause.id());
        return Mono.defer(() -> commands.send(
                        SentAt.now(command, clock.instant()),
                        origin.actor(),
                        id,
                        origin.cause().toString()))
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
