package io.forgewatch.command.eventstore;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.axonframework.common.Registration;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventBus;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** Axon's event bus without subscribers: who wants events follows the store, where they come in order and are not lost. */
final class NobodyListens implements EventBus {

    @Override
    public CompletableFuture<Void> publish(@Nullable ProcessingContext context, List<EventMessage> events) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Registration subscribe(
            BiFunction<List<? extends EventMessage>, ProcessingContext, CompletableFuture<?>> consumer) {
        throw new UnsupportedOperationException("Follow the event store instead");
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("subscribers", 0);
    }
}
