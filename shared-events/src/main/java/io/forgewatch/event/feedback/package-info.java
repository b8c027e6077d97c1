@NullMarked
package io.forgewatch.event.feedback;

import org.jspecify.annotations.NullMarked;
