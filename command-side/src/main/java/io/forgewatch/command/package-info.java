@NullMarked
package io.forgewatch.command;

import org.jspecify.annotations.NullMarked;
