package io.forgewatch.command.personal;

import io.forgewatch.event.personal.PersonalKey;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the keys of one subject.
 *
 * @param keys by number less one; empty for one that was deleted
 */
record KnownKeys(List<Optional<PersonalKey>> keys) {

    KnownKeys {
        keys = List.copyOf(keys);
    }

    /** The key under which new data is sealed; empty when one has to be made. */
    Optional<PersonalKey> current() {
        return keys.isEmpty() ? Optional.empty() : keys.getLast();
    }

    int last() {
        return keys.size();
    }

    boolean knows(int number) {
        return number <= keys.size();
    }

    /** Empty when it was deleted; only of those that are known. */
    Optional<PersonalKey> numbered(int number) {
        return keys.get(number - 1);
    }
}
