/** The bulkhead 隔舱: whose work goes when, so that one works' trouble stands in nobody else's way. Knows no store. */
@NullMarked
package io.forgewatch.command.bulkhead;

import org.jspecify.annotations.NullMarked;
