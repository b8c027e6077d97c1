package io.forgewatch.command.transparency;

import io.forgewatch.log.Checkpoint;
import io.forgewatch.log.Hash;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.Note;
import io.forgewatch.log.Origin;
import io.forgewatch.log.SignatureAlgorithm;
import io.forgewatch.log.SigningKey;
import io.forgewatch.log.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The log's two keys, Ed25519 and SM2/SM3. In each epoch they bear its origin as their name. */
final class LogKeys {

    private static final int SECRET_BYTES = 32;

    private final String host;
    private final byte[] ed25519;
    private final byte[] sm2;
    private final Map<Integer, List<SigningKey>> named = new ConcurrentHashMap<>();

    /**
     * @param host where the log is, without scheme; what stands before {@code /log/<epoch>}
     * @param ed25519 secret key, 32 bytes in Base64
     * @param sm2 secret key, 32 bytes in Base64
     * @throws IllegalArgumentException when one of them is not so; the secrets are not repeated
     */
    LogKeys(String host, String ed25519, String sm2) {
        this.host = host;
        this.ed25519 = secret("forgewatch.log.ed25519-private-key", ed25519);
        this.sm2 = secret("forgewatch.log.sm2-private-key", sm2);
        signing(LogEpochs.FIRST);
    }

    String host() {
        return host;
    }

    String origin(int epoch) {
        return new Origin(host, epoch).toString();
    }

    /** The verifier keys of an epoch, one a line. */
    String text(int epoch) {
        return VerifierKey.lines(verifying(epoch));
    }

    /** The signed note's text. Reads randomness: not on an event loop. */
    String sign(int epoch, long size, Hash root) {
        Note note = new Checkpoint(origin(epoch), size, root).sign(signing(epoch));
        return new String(note.bytes(), StandardCharsets.UTF_8);
    }

    /** What a note found under an epoch claims. */
    Claim claim(int epoch, String text) {
        try {
            Note note = Note.parse(text.getBytes(StandardCharsets.UTF_8));
            Checkpoint checkpoint = Checkpoint.of(note);
            boolean ours = checkpoint.origin().equals(origin(epoch))
                    && Checkpoint.check(note, verifying(epoch)) instanceof Note.Check.Signed(var by)
                    && by.size() == 2;
            return new Claim(
                    epoch,
                    checkpoint.origin(),
                    checkpoint.size(),
                    checkpoint.root().base64(),
                    ours);
        } catch (LogFormatException unreadable) {
            return new Claim(epoch, "", 0, "", false);
        }
    }

    private List<VerifierKey> verifying(int epoch) {
        return signing(epoch).stream().map(SigningKey::verifierKey).toList();
    }

    private List<SigningKey> signing(int epoch) {
        return named.computeIfAbsent(
                epoch,
                number -> List.of(
                        SigningKey.generate(origin(number), SignatureAlgorithm.ED25519, new Known(ed25519)),
                        SigningKey.generate(origin(number), SignatureAlgorithm.SM2_SM3, new Known(sm2))));
    }

    private static byte[] secret(String property, String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(property + " is not Base64");
        }
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException(property + " has not 32 bytes");
        }
        return secret;
    }

    /** The same secret under each epoch's name: a key is made from it where another would be drawn. */
    private static final class Known extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] secret;
        private boolean drawn;

        Known(byte[] secret) {
            this.secret = secret;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (drawn || bytes.length != secret.length) {
                throw new IllegalArgumentException("A secret key of the log is none of its kind");
            }
            drawn = true;
            System.arraycopy(secret, 0, bytes, 0, bytes.length);
        }
    }
}
