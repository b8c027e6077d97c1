@NullMarked
package io.forgewatch.command.feedback;

import org.jspecify.annotations.NullMarked;
