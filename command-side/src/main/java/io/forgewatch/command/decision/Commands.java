package io.forgewatch.command.decision;

import io.forgewatch.event.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The one door through which anything changes. */
public interface Commands {

    /**
     * Decides on a command and appends what follows from it, at most once for an idempotency key.
     *
     * @param idempotencyKey null for none; kept 7 days for people, for ever for automations
     * @param cause the id of the event that led to it, or null; kept with the events
     * @return what the decision answered and the position of its last event; fails with {@link RefusedException} when refused,
     *     with {@link ConcurrentChangeException} when nothing that was decided held
     */
    Mono<Answer> send(Command command, Actor actor, @Nullable String idempotencyKey, @Nullable String cause);

    /** As the other one, for what no event led to. */
    default Mono<Answer> send(Command command, Actor actor, @Nullable String idempotencyKey) {
        return send(command, actor, idempotencyKey, null);
    }

    /**
     * For somebody who shares with others what people may have of the store.
     *
     * @param owner whose share it is: an enterprise with all its accounts, or an account
     */
    default Mono<Answer> sendFor(String owner, Command command, Actor actor, @Nullable String idempotencyKey) {
        return send(command, actor, idempotencyKey, null);
    }

    /** @param position of the last event appended; for a no-op the position up to which the state was known */
    record Answer(long position, Map<String, Object> body) {}
}
