/** A real Kafka broker inside this process. */
@NullMarked
package io.forgewatch.stack.kafka;

import org.jspecify.annotations.NullMarked;
