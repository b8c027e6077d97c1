@NullMarked
package io.forgewatch.command.risk;

import org.jspecify.annotations.NullMarked;
