package io.forgewatch.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyMaterialTest {

    @TempDir
    Path folder;

    @Test
    void given_keys_once_made_when_asked_for_again_then_they_are_the_same_and_only_their_owner_reads_them()
            throws Exception {
        KeyMaterial first = KeyMaterial.keptIn(folder);
        assertThat(KeyMaterial.keptIn(folder)).isEqualTo(first);
        assertThat(Base64.getDecoder().decode(first.masterKey())).hasSize(32);
        assertThat(Base64.getDecoder().decode(first.logEd25519Key())).hasSize(32);
        assertThat(Base64.getDecoder().decode(first.logSm2Key())).hasSize(32);
        assertThat(first.tokenPrivateKey()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(first.tokenPublicKey()).startsWith("-----BEGIN PUBLIC KEY-----\n");
        assertThat(first.bootstrapPassword()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(first.toString()).doesNotContain(first.bootstrapPassword());
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }
}
