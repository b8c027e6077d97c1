/** Alarms 报警 as people read them. */
@NullMarked
package io.forgewatch.query.alarm;

import org.jspecify.annotations.NullMarked;
