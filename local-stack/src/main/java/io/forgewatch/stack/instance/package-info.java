/** Instances of a side in processes of their own, as many as run beside each other in production. */
@NullMarked
package io.forgewatch.stack.instance;

import org.jspecify.annotations.NullMarked;
