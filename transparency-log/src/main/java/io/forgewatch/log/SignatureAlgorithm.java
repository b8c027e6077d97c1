package io.forgewatch.log;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** How a note is signed: what stands before the public key in key ids and verifier keys, and the signature itself. */
public enum SignatureAlgorithm {

    /** C2SP's type 0x01: RFC 8032 over the note's text; public key 32 bytes, secret 32, signature 64. */
    ED25519(new byte[] {1}, 32) {
        @Override
        byte[] publicKey(byte[] secret) {
            return new Ed25519PrivateKeyParameters(secret, 0)
                    .generatePublicKey()
                    .getEncoded();
        }

        @Override
        void checkPublicKey(byte[] publicKey) {
            Ed25519.check(publicKey);
        }

        @Override
        byte[] sign(byte[] secret, byte[] text) {
            return Ed25519.sign(secret, text);
        }

        @Override
        boolean verifies(byte[] publicKey, byte[] text, byte[] signature) {
            return Ed25519.verifies(publicKey, text, signature);
        }
    },

    /**
     * C2SP's type 0xff with the identifier {@code forgewatch/sm2-sm3/v1}: SM2 with SM3 (GB/T 32918.2) over the note's text, user id
     * {@code 1234567812345678}; public key 65 bytes (0x04, x, y), secret 32, signature 64 (r, s; 32 bytes each, big-endian).
     */
    SM2_SM3(typed("forgewatch/sm2-sm3/v1"), 65) {
        @Override
        byte[] publicKey(byte[] secret) {
            return Sm2.publicKey(secret);
        }

        @Override
        void checkPublicKey(byte[] publicKey) {
            Sm2.check(publicKey);
        }

        @Override
        byte[] sign(byte[] secret, byte[] text) {
            return Sm2.sign(secret, text);
        }

        @Override
        boolean verifies(byte[] publicKey, byte[] text, byte[] signature) {
            return Sm2.verifies(publicKey, text, signature);
        }
    };

    /** Bytes of a secret key of either kind. */
    static final int SECRET_LENGTH = 32;

    private final byte[] type;
    private final int publicKeyLength;

    SignatureAlgorithm(byte[] type, int publicKeyLength) {
        this.type = type;
        this.publicKeyLength = publicKeyLength;
    }

    abstract byte[] publicKey(byte[] secret);

    /** @throws LogFormatException when it is no point of the curve */
    abstract void checkPublicKey(byte[] publicKey);

    abstract byte[] sign(byte[] secret, byte[] text);

    abstract boolean verifies(byte[] publicKey, byte[] text, byte[] signature);

    byte[] newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_LENGTH];
        do {
            random.nextBytes(secret);
        } while (this == SM2_SM3 && !Sm2.isSecret(secret));
        return secret;
    }

    /** The type, and behind it a public or secret key. */
    byte[] typed(byte[] key) {
        byte[] both = Arrays.copyOf(type, type.length + key.length);
        System.arraycopy(key, 0, both, type.length, key.length);
        return both;
    }

    /** The key behind the type. */
    byte[] untyped(byte[] typedKey) {
        return Arrays.copyOfRange(typedKey, type.length, typedKey.length);
    }

    int publicKeyLength() {
        return publicKeyLength;
    }

    static Optional<SignatureAlgorithm> of(byte[] typedKey) {
        return Arrays.stream(values())
                .filter(algorithm -> typedKey.length > algorithm.type.length
                        && Arrays.equals(algorithm.type, 0, algorithm.type.length, typedKey, 0, algorithm.type.length))
                .findFirst();
    }

    private static byte[] typed(String identifier) {
        byte[] text = identifier.getBytes(StandardCharsets.US_ASCII);
        byte[] type = new byte[1 + text.length];
        type[0] = (byte) 0xff;
        System.arraycopy(text, 0, type, 1, text.length);
        return type;
    }
}
