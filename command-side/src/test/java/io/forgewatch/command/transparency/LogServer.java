package io.forgewatch.command.transparency;

import io.forgewatch.command.CommandSide;
import io.forgewatch.command.fixture.Broker;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.TokenVerifier;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole command side on a free port, with tokens for whoever is needed. */
public final class LogServer implements AutoCloseable {

    private static final KeyPair KEYS = keys();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext side;

    public LogServer(String database, Broker broker, Path folder) {
        side = CommandSide.start(Map.ofEntries(
                Map.entry("server.port", 0),
                Map.entry("forgewatch.instance", "log"),
                Map.entry("forgewatch.postgres.url", database),
                Map.entry("forgewatch.kafka.bootstrap", broker.bootstrap()),
                Map.entry(
                        "forgewatch.detection.state-folder",
                        folder.resolve("streams").toString()),
                Map.entry("forgewatch.log.ed25519-private-key", SampleKeys.SECRET),
                Map.entry("forgewatch.log.sm2-private-key", SampleKeys.SECRET),
                Map.entry(
                        "forgewatch.log.shipped-folder",
                        folder.resolve("shipped").toString()),
                Map.entry("forgewatch.security.master-key", Base64.getEncoder().encodeToString(new byte[32])),
                Map.entry(
                        "forgewatch.security.token-private-key",
                        pem("PRIVATE", KEYS.getPrivate().getEncoded())),
                Map.entry(
                        "forgewatch.security.token-public-key",
                        pem("PUBLIC", KEYS.getPublic().getEncoded()))));
    }

    /** Whether the log's part of the health is up; the whole also waits for others. */
    Status health() {
        return side.getBean(LogHealth.class)
                .health()
                .blockOptional(Duration.ofSeconds(20))
                .orElseThrow()
                .getStatus();
    }

    public <T> T bean(Class<T> type) {
        return side.getBean(type);
    }

    /** Has the ministry register a steel works. */
    public HttpResponse<byte[]> register(String enterprise) {
        return post(
                token(Role.MINISTRY, "nation"),
                "/enterprises",
                "{\"id\":\"" + enterprise
                        + "\",\"name\":\"日照钢铁\",\"region\":\"370211\",\"industry\":\"STEEL\",\"profile\":\"STEEL_LONG\"}");
    }

    public HttpResponse<byte[]> get(String token, String path) {
        return send(request(token, path).GET());
    }

    public HttpResponse<byte[]> post(String token, String path, String body) {
        return send(request(token, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<byte[]> postWithKey(String token, String path, String body, String key) {
        return send(request(token, path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String token, String path) {
        String port = side.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public static String token(Role role, String jurisdiction) {
        return Jwts.builder()
                .issuer(TokenVerifier.ISSUER)
                .subject(role.name().toLowerCase(Locale.ROOT))
                .claim(TokenVerifier.ROLE, role.name())
                .claim(TokenVerifier.JURISDICTION, jurisdiction)
                .expiration(Date.from(Instant.now().plusSeconds(900)))
                .signWith(KEYS.getPrivate(), Jwts.SIG.EdDSA)
                .compact();
    }

    private static String pem(String kind, byte[] key) {
        return "-----BEGIN " + kind + " KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END " + kind + " KEY-----\n";
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        side.close();
    }
}
