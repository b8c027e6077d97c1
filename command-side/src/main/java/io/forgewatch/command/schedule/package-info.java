/** What is to be done later: due dates in a table, each fired once. */
@NullMarked
package io.forgewatch.command.schedule;

import org.jspecify.annotations.NullMarked;
