/** What the machine and its servers take of themselves: our hops, and our door, without our work. Benchmarks compare with them. */
@NullMarked
package io.forgewatch.stack.bare;

import org.jspecify.annotations.NullMarked;
