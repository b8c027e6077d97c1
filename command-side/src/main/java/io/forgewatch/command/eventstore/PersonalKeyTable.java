package io.forgewatch.command.eventstore;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the keys of personal data are kept, sealed and apart from the events. Fails with the database. */
public interface PersonalKeyTable {

    /**
     * A key that there is or was.
     *
     * @param subject whose, in its wire form
     * @param number from 1 within the subject
     * @param sealedKey null when it has been deleted
     */
    record Row(String subject, int number, @Nullable String sealedKey) {}

    /** All keys of these subjects, deleted ones included. */
    Flux<Row> of(Collection<String> subjects);

    /** Keeps a key under the subject's next number, unless it has one that is not deleted: the first of two who come at once wins. */
    Mono<Void> add(String subject, String sealedKey);

    /** Deletes the keys up to a number, for good; those that are deleted already stay so. */
    Mono<Void> erase(String subject, int upTo);
}
