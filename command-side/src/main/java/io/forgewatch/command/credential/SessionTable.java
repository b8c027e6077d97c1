package io.forgewatch.command.credential;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who is signed in, for all instances. Of tokens it knows SHA-256 hashes only. Fails with the database, and nobody waits longer than
 * some seconds.
 */
public interface SessionTable {

    /**
     * A session as it stands.
     *
     * @param generation which of its tokens is the newest, from 1
     * @param token the hash of that one
     * @param previous the hash of the one before it; null in a session that was never renewed
     * @param renewedAt when the newest was given out
     */
    record Session(
            String account,
            int generation,
            byte[] token,
            byte @Nullable [] previous,
            Instant renewedAt) {}

    /**
     * When an account signed in.
     *
     * @param last the last time
     * @param previous the time before that, if any
     */
    record SignIns(Instant last, @Nullable Instant previous) {}

    /** Begins one with its first token, and notes when. Of an account the latest few sessions go on, and some that are over are forgotten. */
    Mono<Void> begin(UUID session, String account, byte[] token, Instant at, Instant endsAt);

    /**
     * Uses up the newest token for the next one: of many who try at once, on whatever instance, exactly one does.
     *
     * @return the session after it; empty when that token was not the newest one, or the session is over
     */
    Mono<Session> renew(UUID session, byte[] token, byte[] next, Instant at, Instant endsAt);

    /** Empty when it is over. */
    Mono<Session> find(UUID session, Instant at);

    /** When these accounts signed in; those who never did are missing. */
    Mono<Map<String, SignIns>> signIns(Collection<String> accounts);

    /** Ends one; whether it was there. */
    Mono<Boolean> end(UUID session);

    /**
     * Ends all of an account.
     *
     * @param but one that goes on, if any
     * @return how many there were
     */
    Mono<Long> endAll(String account, Optional<UUID> but);
}
