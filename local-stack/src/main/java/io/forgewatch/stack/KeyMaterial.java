package io.forgewatch.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The keys and passwords of one machine's stack, made once and kept with mode 600.
 *
 * @param tokenPrivateKey signs tokens; Ed25519, PKCS #8, PEM
 * @param tokenPublicKey verifies them; X.509, PEM
 * @param masterKey seals gateways' secrets; 32 bytes, Base64
 * @param logEd25519Key signs the transparency log's checkpoints; 32 bytes, Base64
 * @param logSm2Key signs them too, by SM2 with SM3; 32 bytes, Base64
 * @param bootstrapPassword of the first account, which opens all others
 */
public record KeyMaterial(
        String tokenPrivateKey,
        String tokenPublicKey,
        String masterKey,
        String logEd25519Key,
        String logSm2Key,
        String bootstrapPassword) {

    private static final int KEY_BYTES = 32;

    /** The keys kept in a folder; those that are missing are made. */
    public static KeyMaterial keptIn(Path folder) throws IOException {
        Path privateKey = folder.resolve("token-private.pem");
        Path publicKey = folder.resolve("token-public.pem");
        if (!Files.exists(privateKey) || !Files.exists(publicKey)) {
            KeyPair pair = tokenKeys();
            Secrets.write(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            Secrets.write(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        }
        return new KeyMaterial(
                Files.readString(privateKey),
                Files.readString(publicKey),
                secret(folder.resolve("master.key"), 0xff),
                secret(folder.resolve("log-ed25519.key"), 0xff),
                // Less than the order of SM2's group, as a secret key of it must be.
                secret(folder.resolve("log-sm2.key"), 0x7f),
                Secrets.keptIn(folder.resolve("bootstrap-password")));
    }

    @Override
    public String toString() {
        return "KeyMaterial[secret]";
    }

    /** The secret kept in a file; the first time one is made, whose first byte has only the bits of the mask. */
    private static String secret(Path file, int firstByte) throws IOException {
        if (!Files.exists(file)) {
            byte[] secret = Secrets.random(KEY_BYTES);
            secret[0] &= (byte) firstByte;
            Secrets.write(file, Base64.getEncoder().encodeToString(secret));
        }
        return Files.readString(file).strip();
    }

    private static KeyPair tokenKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Ed25519 is part of every JDK", impossible);
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
