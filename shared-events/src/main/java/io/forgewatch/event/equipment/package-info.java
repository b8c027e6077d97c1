@NullMarked
package io.forgewatch.event.equipment;

import org.jspecify.annotations.NullMarked;
