package io.forgewatch.command.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Argon2id (RFC 9106) with 19 MiB and two passes: 50 ms of a processor and its memory, hence two threads of its own and a queue
 * that ends. When it is full, both methods fail with {@link java.util.concurrent.RejectedExecutionException}.
 *
 * <p>An account's salt follows from the master key and the username. It is unknown to outsiders and differs between accounts as
 * a random one does, but opening the same account twice gives the same command, so that a repeat with its Idempotency-Key has the same body.
 */
public final class PasswordHashes implements AutoCloseable {

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** So many passwords are hashed at once. */
    static final int THREADS = 2;

    private static final int QUEUE_PER_THREAD = 32;

    /** Well-formed and nobody's: checking against it takes as long as against a real one. */
    private static final String NOBODYS = encoded(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, PASSES);
    private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, QUEUE_PER_THREAD, "passwords", 60, true);
    private final SecretKeySpec saltKey;

    public PasswordHashes(byte[] masterKey) {
        this.saltKey = new SecretKeySpec(masterKey.clone(), "HmacSHA256");
    }

    /** The encoded hash, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. */
    public Mono<String> hash(String username, String password) {
        return Mono.fromCallable(() -> hashed(username, password)).subscribeOn(scheduler);
    }

    /** Whether the password belongs to the hash. */
    public Mono<Boolean> matches(String password, String hash) {
        return Mono.fromCallable(() -> encoder.matches(password, hash)).subscribeOn(scheduler);
    }

    /** Takes as long as {@link #matches} and is always false: for accounts that are not there. */
    public Mono<Boolean> matchesNobody(String password) {
        return matches(password, NOBODYS);
    }

    @Override
    public void close() {
        scheduler.dispose();
    }

    private String hashed(String username, String password) {
        byte[] salt = salt(username);
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        argon2.generateBytes(password.toCharArray(), hash);
        return encoded(salt, hash);
    }

    private byte[] salt(String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(saltKey);
            return Arrays.copyOf(
                    mac.doFinal(("password salt v1\n" + username).getBytes(StandardCharsets.UTF_8)), SALT_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", impossible);
        }
    }

    private static String encoded(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }
}
