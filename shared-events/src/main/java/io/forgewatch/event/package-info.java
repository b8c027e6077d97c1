@NullMarked
package io.forgewatch.event;

import org.jspecify.annotations.NullMarked;
