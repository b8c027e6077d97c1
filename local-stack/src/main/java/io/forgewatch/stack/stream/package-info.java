/** Follows the streams of the query side, as people do. */
@NullMarked
package io.forgewatch.stack.stream;

import org.jspecify.annotations.NullMarked;
