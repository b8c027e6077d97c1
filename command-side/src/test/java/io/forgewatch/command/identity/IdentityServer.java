package io.forgewatch.command.identity;

import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.SignInNetworkTable;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.personal.SomeKeys;
import io.forgewatch.command.security.SecurityConfiguration;
import io.forgewatch.command.web.CommandWebConfiguration;
import io.forgewatch.web.WebEdge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The doors of identity on a free port, on a store in memory. */
final class IdentityServer implements AutoCloseable {

    static final String PASSWORD = "Blast-Furnace-No.3";

    private static final KeyPair KEYS = keys();

    @EnableAutoConfiguration
    @Import({
        WebEdge.class,
        SecurityConfiguration.class,
        CommandWebConfiguration.class,
        IdentityConfiguration.class,
        Account.class,
        AuthController.class,
        AccountController.class
    })
    static class Doors {}

    final InMemoryCommands store;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    IdentityServer() {
        this(new InMemoryCommands(Clock.systemUTC(), List.of(new Account())));
    }

    IdentityServer(InMemoryCommands store) {
        this(store, new InMemoryNetworks(), Clock.systemUTC(), Map.of());
    }

    /** One instance of several, on what they share. */
    IdentityServer(InMemoryCommands store, InMemoryNetworks networks, Clock clock, Map<String, Object> more) {
        this.store = store;
        SpringApplication application = WebEdge.application(Doors.class, "command-side");
        application.addInitializers(started -> {
            GenericApplicationContext beans = (GenericApplicationContext) started;
            beans.registerBean("store", InMemoryCommands.class, () -> store);
            beans.registerBean("networks", SignInNetworkTable.class, () -> networks);
            beans.registerBean("clock", Clock.class, () -> clock);
            beans.registerBean("confidences", Confidences.class, SomeKeys::confidences);
        });
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.port",
                0,
                "forgewatch.security.token-public-key",
                pem("PUBLIC KEY", KEYS.getPublic()),
                "forgewatch.security.token-private-key",
                pem("PRIVATE KEY", KEYS.getPrivate()),
                "forgewatch.security.master-key",
                Base64.getEncoder().encodeToString(new byte[32]),
                "forgewatch.bootstrap.username",
                "ministry",
                // Only these doors are here, not all that readiness asks of.
                "management.endpoint.health.validate-group-membership",
                false,
                "forgewatch.bootstrap.password",
                PASSWORD));
        properties.putAll(more);
        context = application.run(WebEdge.arguments(properties));
    }

    HttpResponse<String> get(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> signIn(String username, String password) {
        return post(
                "/auth/tokens",
                JsonMapper.shared().writeValueAsString(Map.of("username", username, "password", password)));
    }

    /** From somewhere else, by what a proxy says. */
    CompletableFuture<HttpResponse<String>> signIn(String username, String password, String forwardedFor) {
        return client.sendAsync(
                request("/auth/tokens")
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", forwardedFor)
                        .POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared()
                                .writeValueAsString(Map.of("username", username, "password", password))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A token of an account that is there. */
    String token(String username, String password) {
        HttpResponse<String> answer = signIn(username, password);
        if (answer.statusCode() != 200) {
            throw new AssertionError("Sign-in of " + username + " failed: " + answer.body());
        }
        return json(answer).path("accessToken").asString();
    }

    HttpResponse<String> open(String token, Map<String, String> account, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return post("/accounts", JsonMapper.shared().writeValueAsString(account), all);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }

    @Override
    public void close() {
        context.close();
    }
}
