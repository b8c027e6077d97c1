package io.forgewatch.web;

import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The keys that verify tokens, one of the settings and those of a folder, which is looked at every {@link #LOOK_EVERY}: a key that is
 * put there is believed without a restart, and one that is taken away is not believed any more, nor is any token of it. What cannot be
 * read changes nothing.
 */
public final class TokenKeys implements Stands {

    public static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);

    private final String setting;
    private final PemFolder folder;
    private final StandingStream looking;
    private volatile List<TokenKey> all;

    /**
     * Reads them once; blocks.
     *
     * @param setting PEM, or blank for none
     * @throws IllegalArgumentException when there is none, or one of them is none
     */
    public TokenKeys(String setting, PemFolder folder, StandingStreams streams) {
        this.setting = setting;
        this.folder = folder;
        this.all = read();
        this.looking = streams.of("tokenKeys", this::looks);
    }

    /** The newest first. */
    public List<TokenKey> all() {
        return all;
    }

    Optional<TokenKey> named(String kid) {
        return all.stream().filter(key -> key.kid().equals(kid)).findFirst();
    }

    /** Of tokens that name none: of the settings, or the oldest. */
    TokenKey first() {
        return all.getLast();
    }

    boolean holds(TokenKey key) {
        return all.contains(key);
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(looking);
    }

    private Flux<Integer> looks() {
        return Flux.interval(LOOK_EVERY, LOOK_EVERY)
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic(), 1)
                .map(tick -> look());
    }

    /** Reads them again; blocks. How many there are. */
    int look() {
        try {
            List<TokenKey> now = read();
            if (!now.equals(all)) {
                all = now;
                LOG.info("Tokens are verified by {}", now.stream().map(TokenKey::kid).toList());
            }
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            LOG.warn("The keys of tokens stay as they were: {}", unreadable.toString());
        }
        return all.size();
    }

    private List<TokenKey> read() {
        Stream<String> first = setting.isBlank() ? Stream.empty() : Stream.of(setting);
        List<TokenKey> read = Stream.concat(first, folder.texts().stream())
                .map(Pem::publicKey)
                .map(TokenKey::of)
                .distinct()
                .toList();
        if (read.isEmpty()) {
            throw new IllegalArgumentException(
                    "forgewatch.security.token-public-key or a file in token-public-keys is needed");
        }
        return read.reversed();
    }
}
