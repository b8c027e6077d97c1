/** The door for readings: signed frames in, an answer once Kafka has them on disk. */
@NullMarked
package io.forgewatch.command.gateway;

import org.jspecify.annotations.NullMarked;
