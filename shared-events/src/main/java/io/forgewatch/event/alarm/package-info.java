@NullMarked
package io.forgewatch.event.alarm;

import org.jspecify.annotations.NullMarked;
