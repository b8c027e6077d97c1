@NullMarked
package io.forgewatch.command.audit;

import org.jspecify.annotations.NullMarked;
