@NullMarked
package io.forgewatch.event.risk;

import org.jspecify.annotations.NullMarked;
