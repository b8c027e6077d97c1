package io.forgewatch.command.audit;

import io.forgewatch.command.decision.EventArchive;
import io.forgewatch.command.decision.Selection;
import io.forgewatch.command.decision.Sought;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.Subject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Past} as an archive. */
final class PastArchive implements EventArchive {

    @Override
    public Mono<Span> span(Sought sought) {
        return Mono.just(new Span(0, Past.all().size()));
    }

    @Override
    public Mono<Look> look(Sought sought, Span span, Order order, int most) {
        List<Traced> found = Past.all().stream()
                .filter(traced -> sought.matches(traced.recorded()))
                .toList();
        return Mono.just(new Look(order == Order.NEWEST_FIRST ? found.reversed() : found, new Span(0, 0)));
    }

    @Override
    public Flux<Traced> selected(Selection selection, long after) {
        return Flux.fromIterable(Past.all())
                .filter(traced -> traced.position() > after)
                .filter(traced -> selection.selects(traced.recorded().event()));
    }

    @Override
    public Flux<Traced> about(Subject subject, long after, int most) {
        return Flux.fromIterable(Past.all())
                .filter(traced -> traced.position() > after)
                .filter(traced -> traced.recorded().event().subject().equals(subject))
                .take(most);
    }

    @Override
    public Flux<Traced> known(Set<UUID> ids) {
        return Flux.fromIterable(Past.all())
                .filter(traced -> ids.contains(traced.recorded().id()));
    }
}
