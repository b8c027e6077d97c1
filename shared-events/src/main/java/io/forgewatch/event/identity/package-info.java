@NullMarked
package io.forgewatch.event.identity;

import org.jspecify.annotations.NullMarked;
