package io.forgewatch.command.automation;

import io.forgewatch.command.bulkhead.FullException;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.eventstore.StoredEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs one automation: follows the store, and for each event that it waits for sends the commands and enters the due dates. Events of
 * one enterprise go in order, enterprises beside each other, and none waits for another's: what fails is parked by its subject, and
 * of whom more comes than can wait is read again later. Commands that only look again are shared ({@link Looks}).
 */
final class AutomationRunner {

    private final Automation automation;
    /** The stored names of the events that it waits for. */
    private final Set<String> wanted;

    private final Means means;
    private final Parking parking;
    private final Sending sending;

    AutomationRunner(Automation automation, Means means) {
        this.automation = automation;
        this.wanted = EventTypes.names(automation.on());
        this.means = means;
        this.parking = new Parking(automation.name(), means.parked());
        this.sending = new Sending(automation.name(), means);
    }

    String name() {
        return automation.name();
    }

    /** What is left alone, while it runs here. */
    List<Parked> parked() {
        return parking.all();
    }

    /** For how long more has come of somebody than can wait, while it runs here. */
    Duration behindFor() {
        return parking.behindFor();
    }

    /**
     * Handles events as they come, and beside them those that were left alone; tells the position up to which all is done or left
     * alone. Never completes: fails with {@link HaltedException} where an event that it waits for could not be read, or the store
     * takes nothing, once all before it are done.
     *
     * @param from the position up to which it was done before
     */
    Flux<Long> run(Flux<StoredEvent> events, long from) {
        return parking.begin()
                .thenMany(Flux.using(() -> new Looks(sending::send), looks -> run(events, from, looks), Looks::stop));
    }

    private Flux<Long> run(Flux<StoredEvent> events, long from, Looks looks) {
        Acting acting = new Acting(automation, means, parking, sending, looks);
        Flux<Void> again = new Resumption(name(), wanted, means, parking, acting).run();
        return Flux.merge(live(events, from, acting), again.thenMany(Flux.empty()));
    }

    private Flux<Long> live(Flux<StoredEvent> events, long from, Acting acting) {
        return Flux.defer(() -> {
            Watermark watermark = new Watermark(from);
            Halt halt = new Halt();
            return events.takeUntilOther(halt.happened())
                    .takeWhile(event -> !isWanted(event) || halt.passesLegible(event))
                    .doOnNext(event -> watermark.begin(event.position()))
                    .flatMap(event -> handled(event, halt, acting), Means.AHEAD, 1)
                    .map(watermark::done)
                    .concatWith(halt.failure());
        });
    }

    private boolean isWanted(StoredEvent event) {
        return wanted.contains(event.name());
    }

    /**
     * What it does not wait for is not read: newer code may have made it. Empty for what could not be handled and for what comes
     * after that.
     */
    private Mono<Long> handled(StoredEvent stored, Halt halt, Acting acting) {
        return isWanted(stored)
                ? handled(stored.recorded(), halt, acting)
                        .thenReturn(stored.position())
                        .onErrorResume(failure -> halted(stored, halt, failure))
                        .filter(position -> !halt.isBefore(position))
                : Mono.just(stored.position());
    }

    private Mono<Void> handled(RecordedEvent event, Halt halt, Acting acting) {
        String owner = Keys.ownerOf(event);
        return Mono.defer(
                () -> parking.passesOver(owner, event.position()) ? Mono.empty() : inTurn(owner, event, halt, acting));
    }

    private Mono<Void> inTurn(String owner, RecordedEvent event, Halt halt, Acting acting) {
        return means.live()
                .inTurn(
                        owner,
                        name() + ' ' + owner,
                        Mono.defer(() -> halt.isBefore(event.position())
                                ? Mono.just(Mono.<Void>empty())
                                : unlessDone(owner, event, acting)))
                .flatMap(rest -> rest)
                .onErrorResume(FullException.class, full -> parking.spill(event));
    }

    /** What was read again ahead of what comes is done. */
    private Mono<Mono<Void>> unlessDone(String owner, RecordedEvent event, Acting acting) {
        return parking.leavesAlone(owner, event.position())
                .flatMap(alone -> alone ? Mono.just(Mono.<Void>empty()) : acting.act(event));
    }

    private static Mono<Long> halted(StoredEvent stored, Halt halt, Throwable failure) {
        halt.at(stored.position(), failure);
        return Mono.empty();
    }
}
