/** 一屏: the counters of a jurisdiction. */
@NullMarked
package io.forgewatch.query.patrol;

import org.jspecify.annotations.NullMarked;
