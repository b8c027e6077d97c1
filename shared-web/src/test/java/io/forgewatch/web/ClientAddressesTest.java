package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests come from, over a real connection. */
class ClientAddressesTest {

    private static final String TRUSTED = "forgewatch.web.trusted-proxies";

    /** One for all forms of the header: it keeps nothing of a request. */
    private static EdgeServer behindProxies;

    @BeforeAll
    static void start() {
        behindProxies = new EdgeServer(Map.of(TRUSTED, "127.0.0.1,10.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        behindProxies.close();
    }

    @Test
    void givenNoTrustedProxy_whenTheHeaderIsForged_thenTheConnectionCounts() {
        try (EdgeServer server = new EdgeServer(Map.of())) {
            assertThat(from(server, "203.0.113.9")).isEqualTo("127.0.0.1");
            assertThat(from(server)).isEqualTo("127.0.0.1");
        }
    }

    /** Boot believes forwarded headers there unless it is told not to. */
    @Test
    void givenKubernetes_whenTheHeadersAreForged_thenTheConnectionCounts() {
        try (EdgeServer server = new EdgeServer(Map.of("spring.main.cloud-platform", "kubernetes"))) {
            assertThat(from(server, "203.0.113.9")).isEqualTo("127.0.0.1");
            assertThat(server.send(server.signedIn("/from").header("Forwarded", "for=203.0.113.9"))
                            .body())
                    .isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "1.1.1.1, 203.0.113.9 | 203.0.113.9",
                "1.1.1.1, 203.0.113.9, 10.0.0.7 | 203.0.113.9",
                "1.1.1.1,203.0.113.9 ,10.0.0.7,10.0.0.8 | 203.0.113.9",
                "10.0.0.7, 10.0.0.8 | 10.0.0.7",
                "nonsense, 10.0.0.8 | 10.0.0.8",
                "203.0.113.9, nonsense | 127.0.0.1",
                "203.0.113.9, '' | 127.0.0.1",
                "203.0.113.9:4711 | 203.0.113.9",
                "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1%eth0 | 127.0.0.1",
                "::ffff:203.0.113.9 | 203.0.113.9",
                "localhost | 127.0.0.1"
            })
    void givenTrustedProxies_whenForwarded_thenTheLastAddressThatIsNoneOfTheirsCounts(String header, String expected) {
        assertThat(from(behindProxies, header)).isEqualTo(expected);
    }

    @Test
    void givenTrustedProxies_whenThereAreSeveralHeaders_thenTheyAreOneList() {
        try (EdgeServer server = new EdgeServer(Map.of(TRUSTED, "127.0.0.1, 10.0.0.0/8"))) {
            assertThat(from(server, "1.1.1.1", "203.0.113.9", "10.0.0.7")).isEqualTo("203.0.113.9");
            assertThat(from(server)).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void givenWhatIsNoBlock_whenStarted_thenItDoesNotStart() {
        assertThatThrownBy(() -> new EdgeServer(Map.of(TRUSTED, "10.0.0.1/8")).close())
                .rootCause()
                .hasMessageContaining("beyond its prefix");
    }

    private static String from(EdgeServer server, String... headers) {
        HttpRequest.Builder request = server.signedIn("/from");
        for (String header : headers) {
            request.header("X-Forwarded-For", header);
        }
        return server.send(request).body();
    }
}
