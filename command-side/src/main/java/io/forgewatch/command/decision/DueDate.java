package io.forgewatch.command.decision;

import java.time.Instant;

/**
 * A command to be sent at a later time, once, also after a restart. Whether it still matters is decided then, on the state of
 * then.
 *
 * @param key unique and made from what it is for, such as {@code GT3702110001-W7/SIGN/1}; a known key is not entered again
 */
public record DueDate(String key, Instant at, Command command) {}
