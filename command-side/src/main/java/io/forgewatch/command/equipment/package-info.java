@NullMarked
package io.forgewatch.command.equipment;

import org.jspecify.annotations.NullMarked;
