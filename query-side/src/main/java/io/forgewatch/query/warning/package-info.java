/** Warnings 预警 as people read them, and their stream. */
@NullMarked
package io.forgewatch.query.warning;

import org.jspecify.annotations.NullMarked;
