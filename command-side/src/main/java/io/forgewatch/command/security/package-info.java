/** Keys and secrets of the command side. */
@NullMarked
package io.forgewatch.command.security;

import org.jspecify.annotations.NullMarked;
