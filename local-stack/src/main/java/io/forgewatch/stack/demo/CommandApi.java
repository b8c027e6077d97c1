package io.forgewatch.stack.demo;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command side's public API, used as anybody would: signed in, over HTTP. */
public final class CommandApi {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_ACCOUNT = Duration.ofSeconds(60);
    private static final long AGAIN_SECONDS = 2;
    private static final int CONFLICT = 409;

    private final HttpClient client;
    private final String side;
    private final String token;

    private CommandApi(HttpClient client, String side, String token) {
        this.client = client;
        this.side = side;
        this.token = token;
    }

    /**
     * Signs in. The first account is opened in the background when the side is up, so for a while a refusal is not final.
     *
     * @throws StackException when the account may not sign in after that while either
     */
    public static CommandApi signInWhenOpened(HttpClient client, String side, RunFile.Account account)
            throws IOException, InterruptedException {
        CountDownLatch pause = new CountDownLatch(1);
        long deadline = System.nanoTime() + FIRST_ACCOUNT.toNanos();
        while (true) {
            try {
                return signIn(client, side, account);
            } catch (StackException refused) {
                boolean never = pause.await(AGAIN_SECONDS, TimeUnit.SECONDS);
                if (never || System.nanoTime() > deadline) {
                    throw refused;
                }
            }
        }
    }

    /** @throws StackException when the account may not sign in */
    public static CommandApi signIn(HttpClient client, String side, RunFile.Account account)
            throws IOException, InterruptedException {
        CommandApi anonymous = new CommandApi(client, side, "");
        JsonNode answer = anonymous.post(
                "/auth/tokens", Map.of("username", account.username(), "password", account.password()), "", Set.of());
        return new CommandApi(client, side, answer.required("accessToken").asString());
    }

    /** Authorizes requests of other kinds, such as a stream. */
    public String token() {
        return token;
    }

    /**
     * Posts a command; the same key again has no second effect and gets the same answer.
     *
     * @throws StackException when it is refused
     */
    public JsonNode post(String path, Object body, String idempotencyKey) throws IOException, InterruptedException {
        return post(path, body, idempotencyKey, Set.of());
    }

    /** As {@link #post}, where "it is there already" is as good as done. */
    void ensure(String path, Object body, String idempotencyKey) throws IOException, InterruptedException {
        post(path, body, idempotencyKey, Set.of(CONFLICT));
    }

    private JsonNode post(String path, Object body, String idempotencyKey, Set<Integer> alsoFine)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(side + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!idempotencyKey.isEmpty()) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2 && !alsoFine.contains(answer.statusCode())) {
            throw new StackException("POST " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body().isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(answer.body());
    }
}
