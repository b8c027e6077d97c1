package io.forgewatch.query.warning;

/**
 * What people hear of a warning: how it stood after one event.
 *
 * @param position the event's place in the store's order; the id on the stream
 */
record StreamEntry(long position, WarningView warning) {}
