@NullMarked
package io.forgewatch.command.alarm;

import org.jspecify.annotations.NullMarked;
