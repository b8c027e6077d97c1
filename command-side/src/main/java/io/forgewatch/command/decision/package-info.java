@NullMarked
package io.forgewatch.command.decision;

import org.jspecify.annotations.NullMarked;
