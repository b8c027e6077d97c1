package io.forgewatch.query.outlet;

import io.forgewatch.query.projection.Generation;
import java.util.Optional;
import java.util.function.Function;

/** How an entry is written to those who listen. One that cannot be is passed over like one that cannot be read. */
final class Words<E> {

    private final Chronicle<E> chronicle;
    private final Function<E, String> words;

    Words(Chronicle<E> chronicle, Function<E, String> words) {
        this.chronicle = chronicle;
        this.words = words;
    }

    /** @param by what serves */
    Optional<String> of(Generation by, Entry<E> entry) {
        try {
            return Optional.of(words.apply(entry.content()));
        } catch (RuntimeException cannot) {
            chronicle.unreadable(by).note(entry.position(), cannot);
            return Optional.empty();
        }
    }
}
