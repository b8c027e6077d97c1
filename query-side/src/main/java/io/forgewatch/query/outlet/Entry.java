package io.forgewatch.query.outlet;

/**
 * What people hear of one subject after one event.
 *
 * @param position the event's place in the store's order, from 1; the id on the stream
 * @param enterpriseId whose it is: who may see that enterprise hears it
 * @param content as it stood after the event
 */
public record Entry<E>(long position, String enterpriseId, E content) {}
