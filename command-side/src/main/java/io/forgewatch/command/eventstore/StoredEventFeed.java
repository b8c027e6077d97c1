package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventTypes;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The feed as the store gives it: from memory where it is recent, else from the table. */
final class StoredEventFeed implements EventFeed {

    private final EventRows rows;
    private final EventRows ofPeople;
    private final RecentEvents recent;

    /** @param ofPeople reads on connections of people's own: accounts, which whoever signs in makes us look for */
    StoredEventFeed(EventRows rows, EventRows ofPeople, RecentEvents recent) {
        this.rows = rows;
        this.ofPeople = ofPeople;
        this.recent = recent;
    }

    @Override
    public Flux<RecordedEvent> after(long position) {
        return recent.follow(position).map(StoredEvent::recorded);
    }

    @Override
    public Flux<RecordedEvent> after(long position, Set<Class<? extends DomainEvent>> wanted) {
        Set<String> names = EventTypes.names(wanted);
        return recent.follow(position).map(event -> event.recordedFor(names));
    }

    @Override
    public Flux<RecordedEvent> of(Subject subject, long after, int limit) {
        return (subject.type() == SubjectType.ACCOUNT ? ofPeople : rows)
                .bearing(Criteria.text(Selections.tag(subject.tag())), after, limit)
                .map(StoredEvent::recorded);
    }

    @Override
    public Mono<Long> head() {
        return rows.head();
    }
}
