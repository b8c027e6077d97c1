package io.forgewatch.command.telemetry;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.EventMemory;
import io.forgewatch.command.decision.SelectedEvents;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.SubjectType;
import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the {@link PlantDirectory} as the events say; says when it has caught up. Rebuilt from the events of the types that make a
 * plant, and nothing else that happened since.
 */
public final class PlantFeed implements Stands {

    private static final Set<Class<? extends DomainEvent>> WANTED = Stream.concat(
                    PlantDirectory.WHOLE.stream(), PlantDirectory.NEWEST.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final SelectedEvents selected;
    private final EventMemory memory;

    public PlantFeed(EventFeed feed, SelectedEvents selected, PlantDirectory directory, StandingStreams streams) {
        this.selected = selected;
        this.memory = new EventMemory(
                "plant", feed, WANTED, this::select, recorded -> directory.take(recorded.event()), streams);
    }

    /** Completes when all that was stored at the start is in the directory. */
    public Mono<Void> caughtUp() {
        return memory.caughtUp();
    }

    public boolean isCaughtUp() {
        return memory.isCaughtUp();
    }

    /** Up to which event the directory says how things stand. */
    long position() {
        return memory.position();
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(memory.standing());
    }

    /** What is taken twice, after a selection that failed in the middle, changes nothing: the order is the same. */
    private Flux<RecordedEvent> select(long head) {
        return Flux.concat(
                selected.ofTypes(head, PlantDirectory.WHOLE),
                selected.newest(head, SubjectType.GATEWAY.wire(), PlantDirectory.NEWEST));
    }
}
