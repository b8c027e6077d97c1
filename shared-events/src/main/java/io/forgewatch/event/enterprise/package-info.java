@NullMarked
package io.forgewatch.event.enterprise;

import org.jspecify.annotations.NullMarked;
