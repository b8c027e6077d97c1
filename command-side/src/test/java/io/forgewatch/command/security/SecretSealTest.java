package io.forgewatch.command.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SecretSealTest {

    private static final byte[] KEY = new byte[32];
    private final SecretSeal seal = new SecretSeal(KEY);

    @Property(tries = 200)
    void givenASecret_whenSealedAndUnsealed_thenItIsTheSame(@ForAll byte[] secret) {
        assertThat(seal.unseal(seal.seal(secret))).isEqualTo(secret);
    }

    @Property(tries = 200)
    void givenOneBitChanged_whenUnsealed_thenItIsRefused(@ForAll byte[] secret, @ForAll int place) {
        byte[] sealed = Base64.getUrlDecoder().decode(seal.seal(secret).substring(3));
        sealed[Math.floorMod(place, sealed.length)] ^= 1;
        String changed = "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        assertThatIllegalArgumentException().isThrownBy(() -> seal.unseal(changed));
    }

    @Property(tries = 200)
    void givenAnyText_whenUnsealed_thenItIsRefused(@ForAll String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> seal.unseal(text));
        assertThatIllegalArgumentException().isThrownBy(() -> seal.unseal("v1." + text));
    }

    @Example
    void givenTheSameSecret_whenSealedTwice_thenTheTextsDiffer() {
        assertThat(seal.seal(new byte[] {1})).isNotEqualTo(seal.seal(new byte[] {1}));
    }

    @Example
    void givenAnotherMasterKey_whenUnsealed_thenItIsRefused() {
        byte[] other = new byte[32];
        Arrays.fill(other, (byte) 1);
        String sealed = seal.seal(new byte[] {1, 2, 3});
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretSeal(other).unseal(sealed));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretSeal(new byte[31]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterKey.read("not base64!"))
                .withMessageNotContaining("not base64!");
    }
}
