package io.forgewatch.command.identity;

/** Whether anybody can sign in with an account. */
enum AccountStatus {
    OPEN,
    CLOSED
}
