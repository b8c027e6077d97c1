package io.forgewatch.command.identity;

import io.forgewatch.standing.StandingStream;
import io.forgewatch.standing.StandingStreams;
import io.forgewatch.standing.Stands;
import io.forgewatch.web.Pem;
import io.forgewatch.web.PemFolder;
import io.forgewatch.web.TokenKey;
import io.forgewatch.web.TokenKeys;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The key that signs tokens: the newest private one whose public one verifies them here. A private key is put beside the old one when
 * the public one is known everywhere, and signs from then on, without a restart. What cannot be read changes nothing.
 */
final class TokenSigning implements Stands {

    private static final Logger LOG = LoggerFactory.getLogger(TokenSigning.class);

    private final String setting;
    private final PemFolder folder;
    private final TokenKeys keys;
    private final StandingStream looking;
    private volatile Signer signer;

    /** What signs now. */
    record Signer(PrivateKey privateKey, TokenKey key) {

        /** Without the private key. */
        @Override
        public String toString() {
            return "Signer[" + key.kid() + "]";
        }
    }

    /**
     * Reads them once; blocks.
     *
     * @param setting PEM, or blank for none
     * @throws IllegalArgumentException when none belongs to a public key
     */
    TokenSigning(String setting, PemFolder folder, TokenKeys keys, StandingStreams streams) {
        this.setting = setting;
        this.folder = folder;
        this.keys = keys;
        this.signer = newest()
                .orElseThrow(() -> new IllegalArgumentException(
                        "forgewatch.security.token-private-key and token-public-key do not belong together, nor do any of"
                                + " token-private-keys and token-public-keys"));
        this.looking = streams.of("tokenSigning", this::looks);
    }

    Signer signer() {
        return signer;
    }

    /** All that verify: the one that signs first. */
    List<TokenKey> verifying() {
        TokenKey first = signer.key();
        return Stream.concat(Stream.of(first), keys.all().stream().filter(key -> !key.equals(first)))
                .toList();
    }

    @Override
    public List<StandingStream> standing() {
        return List.of(looking);
    }

    private Flux<String> looks() {
        return Flux.interval(TokenKeys.LOOK_EVERY, TokenKeys.LOOK_EVERY)
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic(), 1)
                .map(tick -> look());
    }

    /** Reads them again; blocks. Which one signs. */
    String look() {
        try {
            newest().filter(found -> !found.key().equals(signer.key())).ifPresent(found -> {
                signer = found;
                LOG.info("Tokens are signed by {}", found.key().kid());
            });
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            LOG.warn("The key that signs tokens stays as it was: {}", unreadable.toString());
        }
        return signer.key().kid();
    }

    private Optional<Signer> newest() {
        Stream<String> first = setting.isBlank() ? Stream.empty() : Stream.of(setting);
        return Stream.concat(first, folder.texts().stream())
                .map(Pem::privateKey)
                .toList()
                .reversed()
                .stream()
                .flatMap(key -> keys.all().stream()
                        .filter(known -> isPair(key, known.key()))
                        .map(known -> new Signer(key, known)))
                .findFirst();
    }

    private static boolean isPair(PrivateKey privateKey, PublicKey publicKey) {
        try {
            byte[] probe = {1, 2, 3};
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(privateKey);
            signing.update(probe);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(publicKey);
            verifying.update(probe);
            return verifying.verify(signature);
        } catch (GeneralSecurityException bad) {
            return false;
        }
    }
}
