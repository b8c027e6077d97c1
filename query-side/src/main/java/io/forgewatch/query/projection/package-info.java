/** Reads the relayed events in order and keeps the views' documents by them: the only room that knows Kafka. */
@NullMarked
package io.forgewatch.query.projection;

import org.jspecify.annotations.NullMarked;
