/** Runs benchmarks and keeps their figures. */
@NullMarked
package io.forgewatch.stack.bench;

import org.jspecify.annotations.NullMarked;
