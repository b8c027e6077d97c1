package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.security.KeyedMarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokensTest {

    private final RefreshTokens tokens = new RefreshTokens(new KeyedMarks(new byte[32], "refresh-token"));

    @Test
    void givenATwoInstancesOfOneHouse_whenTheSameTokenIsFollowed_thenTheNextIsTheSame() {
        RefreshTokens other = new RefreshTokens(new KeyedMarks(new byte[32], "refresh-token"));
        RefreshToken first = tokens.first();
        assertThat(other.next(first)).isEqualTo(tokens.next(first)).isNotEqualTo(first);
        assertThat(other.read(first.text())).contains(first);
        assertThat(other.read(tokens.next(first).text())).contains(other.next(first));
        assertThat(tokens.next(first).session()).isEqualTo(first.session());
        assertThat(tokens.next(first).generation()).isEqualTo(2);
    }

    @Test
    void givenAnotherHouse_whenRead_thenItIsNone() {
        RefreshTokens stranger = new RefreshTokens(new KeyedMarks(new byte[] {1}, "refresh-token"));
        assertThat(tokens.read(stranger.first().text())).isEmpty();
    }

    @Test
    void givenAToken_whenAnyCharacterIsChanged_thenItIsNone() {
        String text = tokens.first().text();
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == '1' ? '2' : '1';
            assertThat(tokens.read(text.substring(0, at) + other + text.substring(at + 1)))
                    .isEmpty();
        }
    }

    @Test
    void givenTwoSessions_thenTheirTokensHaveNothingInCommon() {
        assertThat(tokens.first().session()).isNotEqualTo(tokens.first().session());
        assertThat(tokens.first().text().split("\\.")[2]).isNotEqualTo(tokens.first().text().split("\\.")[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "...", "a", "019abf3e6c0070008a5e3b1f4c9d2e70.1.pJ5v0c2mT8yQe1nRk7wXsA.x"})
    void givenWhatIsNoToken_whenRead_thenItIsNone(String text) {
        assertThat(tokens.read(text)).isEmpty();
        assertThat(tokens.read(text + "x".repeat(100_000))).isEmpty();
    }

    @Test
    void givenAToken_whenPrinted_thenItsTextIsNot() {
        RefreshToken token = tokens.first();
        assertThat(token.toString()).doesNotContain(token.text().split("\\.")[2]);
        assertThat(token.hash()).hasSize(32);
    }

    @Test
    void givenTheExampleOfTheSpecification_thenItHasTheFormOfOnes() {
        assertThat(RefreshTokenExample.TEXT.replaceAll("[A-Za-z0-9_-]", "x"))
                .isEqualTo(tokens.first().text().replaceAll("[A-Za-z0-9_-]", "x"));
    }
}
