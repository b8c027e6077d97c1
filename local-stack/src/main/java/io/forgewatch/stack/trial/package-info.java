/** Trials: something of the house is taken away for a while, and what must hold all the same is looked at. */
@NullMarked
package io.forgewatch.stack.trial;

import org.jspecify.annotations.NullMarked;
