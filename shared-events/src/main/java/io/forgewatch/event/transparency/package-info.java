@NullMarked
package io.forgewatch.event.transparency;

import org.jspecify.annotations.NullMarked;
