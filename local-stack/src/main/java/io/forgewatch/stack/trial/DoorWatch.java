package io.forgewatch.stack.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** What the command side's health says of the door for readings. */
final class DoorWatch {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client;
    private final URI health;
    private volatile String status = "not asked";

    DoorWatch(HttpClient client, TrialStack stack) {
        this.client = client;
        this.health = URI.create(stack.run().command() + "/actuator/health");
    }

    boolean isUp() throws InterruptedException {
        return ask().equals("UP");
    }

    boolean isDown() throws InterruptedException {
        return ask().equals("DOWN");
    }

    /** As it was told last. */
    String text() {
        return status;
    }

    private String ask() throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(health)
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            status = MAPPER.readTree(answer.body())
                    .path("components")
                    .path("door")
                    .path("status")
                    .asString("not told");
        } catch (IOException unanswered) {
            status = "no answer";
        }
        return status;
    }
}
