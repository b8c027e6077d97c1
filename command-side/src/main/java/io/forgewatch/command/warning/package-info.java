@NullMarked
package io.forgewatch.command.warning;

import org.jspecify.annotations.NullMarked;
