package io.forgewatch.command.decision;

import io.forgewatch.event.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command to be sent at a later time, once, also after a restart. Whether it still matters is decided then, on the state of
 * then.
 *
 * @param key unique and made from what it is for, such as {@code GT3702110001-W7/SIGN/1}; one that waits
 *     under it already is left as it is, and what was done under it is not done twice
 * @param origin whose command it is when it was to be sent before and could not be; null for one of the clock's
 */
public record DueDate(
        String key, Instant at, Command command, @Nullable Origin origin) {

    public DueDate(String key, Instant at, Command command) {
        this(key, at, command, null);
    }

    /**
     * As whom, under which key and for which event a command was sent: sent again so, it is known for the same one.
     *
     * @param idempotencyKey as it was given with the command
     * @param cause the id of the event that led to it
     */
    public record Origin(Actor actor, String idempotencyKey, UUID cause) {}
}
