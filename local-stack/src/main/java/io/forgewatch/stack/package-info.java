/** Everything on one machine with one command: the stores, both sides, their keys, and how they start and stop. */
@NullMarked
package io.forgewatch.stack;

import org.jspecify.annotations.NullMarked;
