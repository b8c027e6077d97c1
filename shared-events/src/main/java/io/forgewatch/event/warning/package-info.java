@NullMarked
package io.forgewatch.event.warning;

import org.jspecify.annotations.NullMarked;
