/** What an instance keeps in memory of events, by two instances at once. */
@org.jspecify.annotations.NullMarked
package io.forgewatch.command.memory;
