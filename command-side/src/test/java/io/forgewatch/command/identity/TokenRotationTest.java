package io.forgewatch.command.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.EmbeddedStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that signs tokens is replaced while both of two instances run. */
class TokenRotationTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final KeyPair first = IdentityServer.keys();
    private final KeyPair second = IdentityServer.keys();

    @Test
    void givenTwoInstances_whenTheKeyIsReplaced_thenNoTokenIsRefusedUntilItsKeyIsTakenAway() throws IOException {
        Path publicKeys = Files.createDirectory(folder.resolve("public"));
        Path privateKeys = Files.createDirectory(folder.resolve("private"));
        put(publicKeys, "1.pem", "PUBLIC KEY", first.getPublic().getEncoded());
        put(privateKeys, "1.pem", "PRIVATE KEY", first.getPrivate().getEncoded());
        Clock clock = Clock.systemUTC();
        InMemoryCommands store = new InMemoryCommands(clock, List.of(new Account()));
        String credentials = EmbeddedStore.newDatabase();
        InMemoryNetworks networks = new InMemoryNetworks();
        Map<String, Object> properties = Map.of(
                "forgewatch.security.token-public-key", "",
                "forgewatch.security.token-private-key", "",
                "forgewatch.security.token-public-keys", publicKeys,
                "forgewatch.security.token-private-keys", privateKeys);
        try (IdentityServer one = new IdentityServer(store, credentials, networks, clock, properties);
                IdentityServer other = new IdentityServer(store, credentials, networks, clock, properties)) {
            String old = one.token("ministry", IdentityServer.PASSWORD);
            assertThat(keys(one)).containsExactly(kid(old));

            put(publicKeys, "2.pem", "PUBLIC KEY", second.getPublic().getEncoded());
            await().atMost(LONG).until(() -> keys(one).size() == 2 && keys(other).size() == 2);
            assertThat(kid(one.token("ministry", IdentityServer.PASSWORD))).isEqualTo(kid(old));

            put(privateKeys, "2.pem", "PRIVATE KEY", second.getPrivate().getEncoded());
            await().atMost(LONG)
                    .until(() -> !keys(one).getFirst().equals(kid(old)) && !keys(other).getFirst().equals(kid(old)));
            String young = other.token("ministry", IdentityServer.PASSWORD);
            assertThat(kid(young)).isEqualTo(keys(one).getFirst()).isNotEqualTo(kid(old));
            for (IdentityServer each : List.of(one, other)) {
                assertThat(keys(each)).containsExactly(kid(young), kid(old));
                assertThat(each.get("/auth/me", old).statusCode()).isEqualTo(200);
                assertThat(each.get("/auth/me", young).statusCode()).isEqualTo(200);
            }

            Files.delete(privateKeys.resolve("1.pem"));
            Files.delete(publicKeys.resolve("1.pem"));
            await().atMost(LONG).until(() -> one.get("/auth/me", old).statusCode() == 401
                    && other.get("/auth/me", old).statusCode() == 401);
            assertThat(one.get("/auth/me", young).statusCode()).isEqualTo(200);
            assertThat(keys(one)).containsExactly(kid(young));
        }
    }

    private static List<String> keys(IdentityServer server) {
        return IdentityServer.json(server.send(server.request("/auth/keys"))).path("keys").values().stream()
                .map(key -> key.path("kid").asString())
                .toList();
    }

    private static String kid(String token) {
        String header =
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
        return tools.jackson.databind.json.JsonMapper.shared()
                .readTree(header)
                .path("kid")
                .asString();
    }

    /** Whole or not at all, as a mounted secret changes. */
    private static void put(Path folder, String name, String label, byte[] key) throws IOException {
        Path whole = Files.writeString(
                folder.resolve(name + ".new"),
                "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END " + label
                        + "-----\n");
        Files.move(whole, folder.resolve(name));
    }
}
