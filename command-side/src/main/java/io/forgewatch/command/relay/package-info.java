/** Sends the store's events on to Kafka, in store order. */
@NullMarked
package io.forgewatch.command.relay;

import org.jspecify.annotations.NullMarked;
