package io.forgewatch.command.automation;

import io.forgewatch.command.automation.Looks.Look;
import io.forgewatch.command.bulkhead.PoisonException;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.LookAgain;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.event.RecordedEvent;
import reactor.core.publisher.Mono;

/**
 * Does for an event what an automation's rule wants: enters the due dates, sends the commands one after the other. What of it goes in
 * the turn of the event's owner comes first; then a {@link Mono} of the looks, which are shared and hold up nothing. Where the rule
 * fails, the event's subject is parked; where a decision does, that decision, so that the enterprise's other subjects pass.
 */
final class Acting {

    private final Automation automation;
    private final Sending sending;
    private final DueDates dueDates;
    private final Parking parking;
    private final Tries tries;
    private final Looks looks;

    Acting(Automation automation, Means means, Parking parking, Sending sending, Looks looks) {
        this.automation = automation;
        this.sending = sending;
        this.dueDates = means.dueDates();
        this.tries = means.tries();
        this.parking = parking;
        this.looks = looks;
    }

    /** Of a new event, or of one that is read again for all of its owner's. */
    Mono<Mono<Void>> act(RecordedEvent event) {
        String subject = Keys.subjectOf(event);
        return alone(subject, event)
                .flatMap(alone -> alone
                        ? Mono.just(Mono.<Void>empty())
                        : asked(event)
                                .flatMap(wanted -> all(wanted, event))
                                .map(rest -> rest.onErrorResume(
                                        PoisonException.class, poison -> parked(subject, event, poison)))
                                .onErrorResume(
                                        PoisonException.class,
                                        poison -> parked(subject, event, poison).thenReturn(Mono.empty())));
    }

    private Mono<Void> parked(String subject, RecordedEvent event, PoisonException poison) {
        return parking.park(subject, subject, event, poison);
    }

    /**
     * Of an event that was left alone under a key of its own.
     *
     * @return fails with {@link PoisonException} when it fails as before
     */
    Mono<Mono<Void>> actAgain(Parked parked, RecordedEvent event) {
        if (!parked.isDecision()) {
            return asked(event).flatMap(wanted -> all(wanted, event));
        }
        return asked(event)
                .flatMapMany(Wanted::all)
                .filter(next -> sending.decision(next.command(), event).equals(parked.key()))
                .concatMap(next -> next.command() instanceof LookAgain
                        ? Mono.just(begun(looks.ask(look(next, event))))
                        : sending.send(look(next, event)).thenReturn(Mono.<Void>empty()))
                .collectList()
                .map(Mono::when);
    }

    /** They need not wait for the dates: whichever is lost in a crash is done again with its event. */
    private Mono<Mono<Void>> all(Wanted wanted, RecordedEvent event) {
        Mono<Void> looked = begun(wanted.looks()
                .flatMap(next -> decided(next, event, looks.ask(look(next, event))))
                .then());
        Mono<Void> inTurn = entered(wanted, event)
                .thenMany(wanted.inTurn())
                .concatMap(next -> decided(next, event, sending.send(look(next, event))))
                .then();
        boolean crowded = wanted.commands().stream().anyMatch(looks::isCrowded);
        return crowded ? inTurn.then(looked).thenReturn(Mono.empty()) : inTurn.thenReturn(looked);
    }

    private Mono<Void> decided(Wanted.Next next, RecordedEvent event, Mono<Void> decision) {
        String key = sending.decision(next.command(), event);
        return alone(key, event)
                .flatMap(alone -> alone ? Mono.empty() : decision)
                .onErrorResume(PoisonException.class, poison -> parking.park(key, Keys.ownerOf(event), event, poison));
    }

    private Mono<Boolean> alone(String key, RecordedEvent event) {
        return Mono.defer(() -> parking.leavesAlone(key, event.position()));
    }

    private Mono<Wanted> asked(RecordedEvent event) {
        return Mono.fromSupplier(() -> {
            try {
                return new Wanted(automation.then(event), automation.due(event));
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
                throw new PoisonException(broken);
            }
        });
    }

    private Mono<Void> entered(Wanted wanted, RecordedEvent event) {
        return wanted.dates().isEmpty() ? Mono.empty() : tries.of(Keys.ownerOf(event), dueDates.enter(wanted.dates()));
    }

    private static Look look(Wanted.Next next, RecordedEvent event) {
        return new Look(next.command(), event, next.index());
    }

    private static Mono<Void> begun(Mono<Void> work) {
        Mono<Void> once = work.cache();
        once.subscribe(nothing -> {}, told -> {});
        return once;
    }
}
