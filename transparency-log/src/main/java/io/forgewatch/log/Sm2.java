package io.forgewatch.log;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.math.ec.ECPoint;

/** SM2 with SM3 of Bouncy Castle, on the recommended curve (GB/T 32918.5), with keys and signatures as plain bytes. */
final class Sm2 {

    private static final X9ECParameters CURVE = GMNamedCurves.getByName("sm2p256v1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final byte[] USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Sm2() {}

    /** Whether a secret is in the range of SM2's, 1 to n-2. */
    static boolean isSecret(byte[] secret) {
        BigInteger number = new BigInteger(1, secret);
        return number.signum() > 0 && number.compareTo(DOMAIN.getN().subtract(BigInteger.TWO)) <= 0;
    }

    static byte[] publicKey(byte[] secret) {
        return DOMAIN.getG().multiply(new BigInteger(1, secret)).normalize().getEncoded(false);
    }

    static void check(byte[] publicKey) {
        point(publicKey);
    }

    static byte[] sign(byte[] secret, byte[] text) {
        CipherParameters key =
                new ParametersWithRandom(new ECPrivateKeyParameters(new BigInteger(1, secret), DOMAIN), RANDOM);
        SM2Signer signer = signer();
        signer.init(true, new ParametersWithID(key, USER));
        signer.update(text, 0, text.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("SM2 does not work", e);
        }
    }

    static boolean verifies(byte[] publicKey, byte[] text, byte[] signature) {
        SM2Signer signer = signer();
        signer.init(false, new ParametersWithID(new ECPublicKeyParameters(point(publicKey), DOMAIN), USER));
        signer.update(text, 0, text.length);
        return signer.verifySignature(signature);
    }

    private static SM2Signer signer() {
        return new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
    }

    private static ECPoint point(byte[] publicKey) {
        if (publicKey[0] != 4) {
            throw new LogFormatException("An SM2 public key is written uncompressed");
        }
        try {
            return DOMAIN.validatePublicPoint(CURVE.getCurve().decodePoint(publicKey));
        } catch (IllegalArgumentException e) {
            throw new LogFormatException("Not an SM2 public key", e);
        }
    }
}
