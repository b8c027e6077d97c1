package io.forgewatch.command.web;

import io.forgewatch.web.Caller;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * 回查: bounds what those who look back have under way in one instance, so that they need no more memory and connections than are
 * meant for them, and none of them takes all. Whoever finds no place is answered 429 or 503 with {@code Retry-After}, at once.
 */
public final class LookingBack {

    /** Pages and proofs at once. */
    static final int LOOKS = 16;

    static final int LOOKS_OF_ONE = 8;

    /** A story, or a history, is made of many events: so many pages' worth. */
    static final int WHOLE = 4;

    static final int EXPORTS = 4;
    static final int EXPORTS_OF_ONE = 2;

    /** Tiles and entries: small, kept in memory for the most part, and asked for by the dozen. */
    static final int TILES = 128;

    static final int TILES_OF_ONE = 64;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Places looks = new Places(LOOKS, LOOKS_OF_ONE);
    private final Places exports = new Places(EXPORTS, EXPORTS_OF_ONE);
    private final Places tiles = new Places(TILES, TILES_OF_ONE);

    /** A bounded number of events, or a proof. */
    public <T> Mono<T> page(Caller caller, Mono<T> page) {
        return looks.during(caller, 1, page.timeout(LONGEST));
    }

    /** What is put together from many events. */
    public <T> Mono<T> whole(Caller caller, Mono<T> whole) {
        return looks.during(caller, WHOLE, whole.timeout(LONGEST));
    }

    /** A small piece that is likely in memory. */
    public <T> Mono<T> tile(Caller caller, Mono<T> tile) {
        return tiles.during(caller, 1, tile.timeout(LONGEST));
    }

    /** As many events as there are, for as long as somebody takes them. */
    public <T> Flux<T> export(Caller caller, Flux<T> export) {
        return exports.during(caller, 1, export);
    }
}
