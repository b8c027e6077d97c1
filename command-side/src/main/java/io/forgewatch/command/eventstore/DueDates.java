package io.forgewatch.command.eventstore;

import io.forgewatch.command.decision.DueDate;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where automations enter what is to be done later. */
public interface DueDates {

    /** Enters due dates; those that wait under the same key already are left as they are. Completes when they are on disk. */
    Mono<Void> enter(List<DueDate> dates);
}
