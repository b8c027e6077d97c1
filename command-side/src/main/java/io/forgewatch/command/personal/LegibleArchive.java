package io.forgewatch.command.personal;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.personal.PersonalFields;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The archive for those who look back, who may read personal texts for as long as their keys are there. */
final class LegibleArchive implements EventArchive {

    private static final int AT_ONCE = 512;

    private final EventArchive stored;
    private final PersonalTexts texts;

    LegibleArchive(EventArchive stored, PersonalTexts texts) {
        this.stored = stored;
        this.texts = texts;
    }

    @Override
    public Mono<Span> span(Sought sought) {
        return stored.span(sought);
    }

    @Override
    public Mono<Look> look(Sought sought, Span span, Order order, int most) {
        return stored.look(sought, span, order, most)
                .flatMap(look -> legible(look.found()).map(found -> new Look(found, look.rest())));
    }

    @Override
    public Flux<Traced> selected(Selection selection, long after) {
        return legible(stored.selected(selection, after));
    }

    @Override
    public Flux<Traced> about(Subject subject, long after, int most) {
        return legible(stored.about(subject, after, most));
    }

    @Override
    public Flux<Traced> known(Set<UUID> ids) {
        return legible(stored.known(ids));
    }

    private Flux<Traced> legible(Flux<Traced> events) {
        return events.buffer(AT_ONCE).concatMap(this::legible, 1).concatMapIterable(some -> some, 1);
    }

    private Mono<List<Traced>> legible(List<Traced> events) {
        return texts.opening(
                        events.stream().map(traced -> traced.recorded().event()).toList())
                .map(opening ->
                        events.stream().map(traced -> legible(traced, opening)).toList());
    }

    private static Traced legible(Traced traced, UnaryOperator<DomainEvent> opening) {
        RecordedEvent sealed = traced.recorded();
        return PersonalFields.of(sealed.event()).isEmpty()
                ? traced
                : new Traced(
                        new RecordedEvent(
                                sealed.position(),
                                sealed.id(),
                                sealed.at(),
                                sealed.actor(),
                                opening.apply(sealed.event())),
                        traced.cause());
    }
}
