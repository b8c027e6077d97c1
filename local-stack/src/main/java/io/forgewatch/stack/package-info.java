@NullMarked
package io.forgewatch.stack;

import org.jspecify.annotations.NullMarked;
