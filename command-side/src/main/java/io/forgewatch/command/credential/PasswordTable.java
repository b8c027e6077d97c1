package io.forgewatch.command.credential;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** The passwords of accounts, as hashes, for all instances. Fails with the database, and nobody waits longer than some seconds. */
public interface PasswordTable {

    /**
     * A password.
     *
     * @param hash Argon2id, in its encoded form
     * @param moved whether it stands in the table; else in an event of the first release, where none is written any more
     */
    record Password(String hash, boolean moved) {

        /** Without the hash: this may end up in a log. */
        @Override
        public String toString() {
            return "Password[" + moved + "]";
        }
    }

    /**
     * Empty when there is none.
     *
     * @param orOpened whether the hash that an account was opened with stands in for one that is not there
     */
    Mono<Password> find(String account, String credential, boolean orOpened);

    /** The same again changes nothing. */
    Mono<Void> put(String account, String credential, String hash, Instant at);

    Mono<Void> forget(String account, String credential);
}
