@NullMarked
package io.forgewatch.event.telemetry;

import org.jspecify.annotations.NullMarked;
