/** The event store: Axon's storage engine on PostgreSQL, and the door through which commands reach it. */
@NullMarked
package io.forgewatch.command.eventstore;

import org.jspecify.annotations.NullMarked;
