package io.forgewatch.stack.bench;

import io.forgewatch.event.alarm.AlarmEvent.AlarmAcknowledged;
import io.forgewatch.stack.bench.Acknowledging.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.Tag;
import reactor.core.publisher.Mono;

/** Appends as Axon makes them, without a command before them. */
final class Appends {

    private static final MessageType TYPE = new MessageType("AlarmAcknowledged", "1");

    private final EventStorageEngine engine;
    private final AtomicLong onset = new AtomicLong(1_732_440_000_000L);

    Appends(EventStorageEngine engine) {
        this.engine = engine;
    }

    /** So many events of as many alarms, together or not at all. */
    Mono<Void> append(int count) {
        return Mono.defer(() -> {
            List<TaggedEventMessage<?>> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(event("GT3702110001010001.BF_CW_P.LOW." + onset.incrementAndGet()));
            }
            return appended(events);
        });
    }

    /** So many events of one alarm. */
    Mono<Void> append(String alarm, int count) {
        return Mono.defer(() -> {
            List<TaggedEventMessage<?>> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(event(alarm));
            }
            return appended(events);
        });
    }

    private Mono<Void> appended(List<TaggedEventMessage<?>> events) {
        return Mono.fromFuture(() -> engine.appendEvents(AppendCondition.none(), null, events))
                .flatMap(transaction -> Mono.fromFuture(() -> transaction.commit(null)))
                .then();
    }

    private static TaggedEventMessage<?> event(String alarm) {
        AlarmAcknowledged event = new AlarmAcknowledged(alarm, Tally.BY, Instant.now());
        Set<Tag> tags = event.tags().stream()
                .map(tag -> new Tag(tag.key(), tag.value()))
                .collect(Collectors.toUnmodifiableSet());
        return new GenericTaggedEventMessage<>(
                new GenericEventMessage(
                        UUID.randomUUID().toString(), TYPE, event, Map.of("actor", Tally.BY), Instant.now()),
                tags);
    }
}
