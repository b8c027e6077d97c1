/** A trial of the store with instances that die, and the judge of its history. */
@org.jspecify.annotations.NullMarked
package io.forgewatch.command.eventstore.history;
