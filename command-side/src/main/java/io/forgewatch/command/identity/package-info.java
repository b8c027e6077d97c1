/** Accounts 账号, sign-in and the tokens that both sides believe. */
@NullMarked
package io.forgewatch.command.identity;

import org.jspecify.annotations.NullMarked;
