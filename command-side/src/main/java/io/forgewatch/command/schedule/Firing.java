package io.forgewatch.command.schedule;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.bulkhead.Bulkhead;
import io.forgewatch.command.bulkhead.Limits;
import io.forgewatch.command.bulkhead.Patience;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.bulkhead.Trying;
import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.decision.RefusedException;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.SentAt;
import io.forgewatch.command.parking.Again;
import io.forgewatch.command.schedule.DueDateRows.Due;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends the commands of due dates, in order for an enterprise and beside those of all others. One that fails is tried again soon;
 * from the third time on it is parked: every half minute, beside the others of its enterprise. It is never given up. That the store is
 * away counts as no try.
 */
final class Firing {

    /** So often in vain, then it is parked. */
    static final int PARKED = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Firing.class);
    private static final Limits LIVE = new Limits(32, 4_096, 256, 4);
    private static final Limits ASIDE = new Limits(8, 4_096, 256, 4);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    /** The row is the retry. */
    private static final Patience ONCE =
            new Patience(1, Duration.ofSeconds(12), Duration.ofSeconds(12), Duration.ofSeconds(1));

    private final DueDateRows rows;
    private final Commands commands;
    private final DeciderNames names;
    private final Clock clock;
    private final Counter failures;
    private final HeldDates held;
    private final Trying trying;
    private final Bulkhead live = new Bulkhead(LIVE, Schedulers.parallel());
    private final Bulkhead aside = new Bulkhead(ASIDE, Schedulers.parallel());

    Firing(
            DueDateRows rows,
            Commands commands,
            DeciderNames names,
            Clock clock,
            Counter failures,
            HeldDates held,
            Blame blame) {
        this.rows = rows;
        this.commands = commands;
        this.names = names;
        this.clock = clock;
        this.failures = failures;
        this.held = held;
        this.trying = new Trying(ONCE, blame, Schedulers.parallel());
    }

    /** What is joined is answered by the latest of it; tells how many were. Never fails. */
    Mono<Integer> fire(List<Due> joined) {
        Due due = joined.getLast();
        List<String> keys = joined.stream().map(Due::key).toList();
        Bulkhead turns = due.attempts() >= PARKED ? aside : live;
        return turns.inTurn(due.owner(), Mono.defer(() -> held.areOurs(keys) ? fire(joined, due, keys) : Mono.just(0)))
                .onErrorResume(failure -> waits(keys, failure))
                // Before it is told: who looks for room then must find it.
                .doOnTerminate(() -> held.leave(keys))
                .doOnCancel(() -> held.leave(keys));
    }

    private Mono<Integer> fire(List<Due> joined, Due due, List<String> keys) {
        return trying.of(answered(due))
                .then(Mono.defer(() -> rows.fired(keys)))
                .thenReturn(keys.size())
                .onErrorResume(
                        PoisonException.class,
                        poison -> Flux.fromIterable(joined)
                                .concatMap(each -> failed(each, poison))
                                .then(Mono.just(0)));
    }

    private Mono<Void> answered(Due due) {
        return Mono.defer(() -> {
                    Command command = EventJson.MAPPER.readValue(due.command(), names.named(due.commandName()));
                    return send(due, SentAt.now(command, clock.instant()));
                })
                .then()
                .onErrorResume(RefusedException::isAnswer, refused -> {
                    // Whether it still matters is decided on the state of then: a refusal is an answer.
                    LOG.debug("{}: {}", due.key(), refused.getMessage());
                    return Mono.empty();
                });
    }

    private Mono<Commands.Answer> send(Due due, Command command) {
        DueDate.Origin origin = due.origin();
        return origin == null
                ? commands.send(command, new Actor("clock", due.commandName()), "due/" + due.key())
                : commands.send(
                        command,
                        origin.actor(),
                        origin.idempotencyKey(),
                        origin.cause().toString());
    }

    private Mono<Void> failed(Due due, PoisonException poison) {
        failures.increment();
        // One that hangs would hold up its enterprise three times.
        boolean hung = poison.getCause() instanceof TimeoutException;
        int attempts = hung ? Math.max(PARKED, due.attempts() + 1) : due.attempts() + 1;
        boolean parked = attempts >= PARKED;
        if (attempts == PARKED) {
            LOG.error("Due date {} has failed {} times and is parked", due.key(), attempts, poison);
        } else {
            LOG.warn("Due date {} failed and is tried again: {}", due.key(), poison.toString());
        }
        return rows.failed(
                due, attempts, poison, parked, parked ? Again.later() : scattered(FIRST_RETRY.multipliedBy(attempts)));
    }

    /** Its claim runs out, and it is taken again. */
    private static Mono<Integer> waits(List<String> keys, Throwable failure) {
        LOG.warn("Due date {} waits: {}", keys.getLast(), failure.toString());
        return Mono.just(0);
    }

    /** Between half and the whole of it: what failed together is not tried again together. */
    private static Duration scattered(Duration whole) {
        long millis = whole.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
