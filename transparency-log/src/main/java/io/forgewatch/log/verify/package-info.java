/** Checks a store, or one exported event, against what its log signed; runs alone, as {@code ./forgewatch verify} does. */
@NullMarked
package io.forgewatch.log.verify;

import org.jspecify.annotations.NullMarked;
