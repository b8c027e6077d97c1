/** A store that speaks MongoDB's protocol, inside this process, with indexes that work. */
@NullMarked
package io.forgewatch.stack.document;

import org.jspecify.annotations.NullMarked;
