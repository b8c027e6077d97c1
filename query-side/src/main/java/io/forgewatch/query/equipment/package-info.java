/** Devices 设备设施 as people read them. */
@NullMarked
package io.forgewatch.query.equipment;

import org.jspecify.annotations.NullMarked;
