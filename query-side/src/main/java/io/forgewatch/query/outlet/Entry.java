package io.forgewatch.query.outlet;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people hear of one subject after one event.
 *
 * @param position the event's place in the store's order, from 1
 * @param event its id: under the same position another history has another one; null in what code of before stored
 * @param enterpriseId whose it is: who may see that enterprise hears it
 * @param content as it stood after the event
 */
public record Entry<E>(long position, @Nullable UUID event, String enterpriseId, E content) {}
