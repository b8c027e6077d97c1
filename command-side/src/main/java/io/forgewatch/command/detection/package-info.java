/** From readings to signals: limits with deadband and delays, one state for each device, on Kafka Streams. */
@NullMarked
package io.forgewatch.command.detection;

import org.jspecify.annotations.NullMarked;
