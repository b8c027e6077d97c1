package io.forgewatch.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SM2 signatures of notes, checked by OpenSSL 3. Skipped, and told so, where there is none. */
class OpenSslTest {

    private static final String ORIGIN = "forgewatch.example/log/1";
    /** A SubjectPublicKeyInfo up to the point: an elliptic-curve key on sm2p256v1. */
    private static final String SPKI = "3059301306072a8648ce3d020106082a811ccf5501822d034200";

    private static final BigInteger ORDER =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);

    @TempDir
    private Path folder;

    @Test
    void given_an_sm2_line_of_a_checkpoint_when_openssl_checks_it_then_it_holds_and_another_text_does_not()
            throws Exception {
        assumeTrue(openssl("version").contains("OpenSSL 3"), "Skipped: there is no OpenSSL 3 on the PATH");
        SigningKey key = NoteTest.key(ORIGIN, SignatureAlgorithm.SM2_SM3);
        Note note = new Checkpoint(ORIGIN, 7, Hash.leaf(new byte[0])).sign(List.of(key));
        Path publicKey = pem(key.verifierKey().publicKey());
        Path signature = der(note.signatures().getFirst().signature());

        assertThat(verify(publicKey, signature, note.text())).contains("Verified Successfully");
        assertThat(verify(publicKey, signature, note.text().replace("\n7\n", "\n8\n")))
                .contains("Verification Failure");
    }

    private String verify(Path publicKey, Path signature, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("text"), text);
        return openssl(
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                publicKey.toString(),
                "-rawin",
                "-digest",
                "sm3",
                "-in",
                file.toString(),
                "-sigfile",
                signature.toString(),
                "-pkeyopt",
                "distid:1234567812345678");
    }

    private Path pem(byte[] point) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(HexFormat.of().parseHex(SPKI + HexFormat.of().formatHex(point)));
        return Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }

    private Path der(byte[] signature) throws IOException {
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        return Files.write(folder.resolve("signature"), StandardDSAEncoding.INSTANCE.encode(ORDER, r, s));
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "ran", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return "";
        }
        return Files.readString(output);
    }
}
