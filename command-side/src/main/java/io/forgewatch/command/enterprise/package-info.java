@NullMarked
package io.forgewatch.command.enterprise;

import org.jspecify.annotations.NullMarked;
