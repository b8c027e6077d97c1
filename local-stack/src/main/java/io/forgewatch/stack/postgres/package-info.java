/** Real PostgreSQL as a child process: unpacked, started, found again after a crash, stopped. */
@NullMarked
package io.forgewatch.stack.postgres;

import org.jspecify.annotations.NullMarked;
