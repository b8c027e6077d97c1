/** Names and numbers of people: sealed before they get into a command, opened for auditors, erased by deleting their key. */
@NullMarked
package io.forgewatch.command.personal;

import org.jspecify.annotations.NullMarked;
