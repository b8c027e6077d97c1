package io.forgewatch.command.bulkhead;

import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Whose fault a failure is: what only one piece of work fails with is its own, what all would fail with is the store's. */
@FunctionalInterface
public interface Blame {

    /** Whether everything else would fail now, too. */
    Mono<Boolean> isStores(Throwable failure);

    /** Whether work would fail now, as far as a look tells; what only took too long tells nothing else. */
    default Mono<Boolean> isAway() {
        return isStores(new TimeoutException("A look at the store"));
    }
}
