package io.forgewatch.command.web;

import io.forgewatch.command.decision.InMemoryCommands;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.personal.Confidences;
import io.forgewatch.command.personal.SomeKeys;
import io.forgewatch.command.security.SecurityConfiguration;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.TokenVerifier;
import io.forgewatch.command.wiring.Found;
import io.forgewatch.web.WebEdge;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For tests: the command side's doors on a free port, on a store in memory. */
public final class CommandServer implements AutoCloseable {

    private static final KeyPair KEYS = keys();

    @EnableAutoConfiguration
    @Import({WebEdge.class, SecurityConfiguration.class})
    @ComponentScan({
        "io.forgewatch.command.alarm",
        "io.forgewatch.command.audit",
        "io.forgewatch.command.connectivity",
        "io.forgewatch.command.enterprise",
        "io.forgewatch.command.equipment",
        "io.forgewatch.command.feedback",
        "io.forgewatch.command.risk",
        "io.forgewatch.command.warning",
        "io.forgewatch.command.web",
        "io.forgewatch.command.wiring"
    })
    static class Doors {}

    /** The same on the store itself, with its automations and schedule. */
    @EnableAutoConfiguration
    @Import({WebEdge.class, SecurityConfiguration.class})
    @ComponentScan({
        "io.forgewatch.command.alarm",
        "io.forgewatch.command.audit",
        "io.forgewatch.command.automation",
        "io.forgewatch.command.connectivity",
        "io.forgewatch.command.enterprise",
        "io.forgewatch.command.equipment",
        "io.forgewatch.command.eventstore",
        "io.forgewatch.command.feedback",
        "io.forgewatch.command.parking",
        "io.forgewatch.command.personal",
        "io.forgewatch.command.risk",
        "io.forgewatch.command.schedule",
        "io.forgewatch.command.warning",
        "io.forgewatch.command.web",
        "io.forgewatch.command.wiring"
    })
    static class StoredDoors {}

    /** Somebody who is signed in. */
    public record Who(String username, Role role, String jurisdiction) {}

    public static final Who MINISTRY = new Who("ministry", Role.MINISTRY, "nation");
    public static final Who SHANDONG = new Who("shandong", Role.PROVINCE, "region:37");
    public static final Who HEBEI = new Who("hebei", Role.PROVINCE, "region:13");
    public static final Who WORKS = new Who("works", Role.ENTERPRISE, "enterprise:GT3702110001");
    public static final Who OTHER_WORKS = new Who("other", Role.ENTERPRISE, "enterprise:GT3702110002");
    public static final Who AUDITOR = new Who("auditor", Role.AUDITOR, "nation");

    private final InMemoryCommands store = new InMemoryCommands(Clock.systemUTC(), Found.deciders());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConfigurableApplicationContext context;

    public CommandServer() {
        SpringApplication application = WebEdge.application(Doors.class, "command-side");
        application.addInitializers(started ->
                ((GenericApplicationContext) started).registerBean("store", InMemoryCommands.class, () -> store));
        application.addInitializers(started -> ((GenericApplicationContext) started)
                .registerBean("confidences", Confidences.class, SomeKeys::confidences));
        context = run(application, Map.of());
    }

    private CommandServer(String postgres) {
        context = run(
                WebEdge.application(StoredDoors.class, "command-side"), Map.of("forgewatch.postgres.url", postgres));
        // There is no log here that the store could depart from.
        context.getBean(AppendGate.class).open();
    }

    /** On a database, which has the events; {@link #store} is not used then. */
    public static CommandServer on(String postgres) {
        return new CommandServer(postgres);
    }

    private static ConfigurableApplicationContext run(SpringApplication application, Map<String, Object> further) {
        Map<String, Object> properties = new HashMap<>(further);
        properties.put("server.port", 0);
        properties.put("forgewatch.instance", "doors");
        // Only these doors are here, not all that readiness asks of.
        properties.put("management.endpoint.health.validate-group-membership", false);
        // Only these doors are here, not all that readiness asks of.
        properties.put("management.endpoint.health.validate-group-membership", false);
        properties.put(
                "forgewatch.security.token-public-key",
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(KEYS.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        properties.put("forgewatch.security.master-key", Base64.getEncoder().encodeToString(new byte[32]));
        return application.run(WebEdge.arguments(properties));
    }

    public InMemoryCommands store() {
        return store;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public HttpResponse<String> get(Who who, String path) {
        return send(request(who, path).GET());
    }

    /** Lines as they come; closing the stream hangs up. */
    public HttpResponse<InputStream> stream(Who who, String path, String accept) {
        return send(request(who, path).header("Accept", accept).GET(), HttpResponse.BodyHandlers.ofInputStream());
    }

    public HttpResponse<String> post(Who who, String path, String body, String... headers) {
        HttpRequest.Builder request = request(who, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> put(Who who, String path, String body, String... headers) {
        HttpRequest.Builder request = request(who, path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpRequest.Builder request(Who who, String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token(who));
    }

    private static String token(Who who) {
        return Jwts.builder()
                .issuer(TokenVerifier.ISSUER)
                .subject(who.username())
                .claim(TokenVerifier.ROLE, who.role().name())
                .claim(TokenVerifier.JURISDICTION, who.jurisdiction())
                .expiration(Date.from(Instant.now().plusSeconds(900)))
                .signWith(KEYS.getPrivate(), Jwts.SIG.EdDSA)
                .compact();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> as) {
        try {
            return client.send(request.build(), as);
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

    @Override
    public void close() {
        context.close();
    }
}
