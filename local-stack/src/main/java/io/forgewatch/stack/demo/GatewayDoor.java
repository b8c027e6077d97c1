package io.forgewatch.stack.demo;

import io.forgewatch.event.telemetry.FrameSignature;
import io.forgewatch.stack.RunFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One plant's gateway: sends signed frames through the door that every gateway uses. */
public final class GatewayDoor {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI door;
    private final String id;
    private final byte[] secret;

    public GatewayDoor(HttpClient client, String commandSide, RunFile.Gateway gateway) {
        this.client = client;
        this.door = URI.create(commandSide + FrameSignature.PATH);
        this.id = gateway.id();
        this.secret = Base64.getDecoder().decode(gateway.secret());
    }

    /** @param at epoch milliseconds */
    public record Reading(String device, String indicator, long at, double value) {}

    public record Frame(long sequence, List<Reading> readings) {}

    /**
     * What the door said.
     *
     * @param refused codes of the readings that were refused
     */
    public record Answer(int status, List<String> refused, String text) {

        public boolean isAccepted() {
            return status == 202;
        }
    }

    /** Sends a frame; sent again with the same number it has no second effect. */
    public Answer send(Frame frame) throws IOException, InterruptedException {
        byte[] body = MAPPER.writeValueAsBytes(frame);
        FrameSignature.Headers headers = FrameSignature.sign(id, secret, frame.sequence(), Instant.now(), body);
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Content-Digest", headers.contentDigest())
                .header("Signature-Input", headers.signatureInput())
                .header("Signature", headers.signature())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), refused(answer), answer.body());
    }

    private static List<String> refused(HttpResponse<String> answer) {
        if (answer.statusCode() != 202) {
            return List.of();
        }
        JsonNode refused = MAPPER.readTree(answer.body()).path("refused");
        return refused.valueStream().map(one -> one.path("code").asString("")).toList();
    }
}
