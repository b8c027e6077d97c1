/** Streams that stand as long as a side does. */
@NullMarked
package io.forgewatch.standing;

import org.jspecify.annotations.NullMarked;
