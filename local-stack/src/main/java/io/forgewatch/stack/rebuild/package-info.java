/** Has views of a running stack built anew, and shows how far that is. */
@NullMarked
package io.forgewatch.stack.rebuild;

import org.jspecify.annotations.NullMarked;
