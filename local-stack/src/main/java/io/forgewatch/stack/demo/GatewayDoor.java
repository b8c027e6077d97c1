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
    private final List<URI> doors;
    private final String id;
    private final byte[] secret;
    private volatile int at;

    public GatewayDoor(HttpClient client, String commandSide, RunFile.Gateway gateway) {
        this(client, List.of(commandSide), gateway);
    }

    /**
     * @param commandSides the addresses of all instances: where one does not answer, or has no place for a frame and ends the
     *     connection, the next is spoken to from then on
     */
    public GatewayDoor(HttpClient client, List<String> commandSides, RunFile.Gateway gateway) {
        this.client = client;
        this.doors = commandSides.stream()
                .map(side -> URI.create(side + FrameSignature.PATH))
                .toList();
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

    /**
     * Sends a frame; sent again with the same number it has no second effect.
     *
     * @throws IOException when the door does not answer; the next frame, or this one again, goes to the next door
     */
    public Answer send(Frame frame) throws IOException, InterruptedException {
        byte[] body = MAPPER.writeValueAsBytes(frame);
        FrameSignature.Headers headers = FrameSignature.sign(id, secret, frame.sequence(), Instant.now(), body);
        HttpRequest request = HttpRequest.newBuilder(doors.get(at % doors.size()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Content-Digest", headers.contentDigest())
                .header("Signature-Input", headers.signatureInput())
                .header("Signature", headers.signature())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = answer(request);
        return new Answer(answer.statusCode(), refused(answer), answer.body());
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        int asked = at;
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 503) {
                at = asked + 1;
            }
            return answer;
        } catch (IOException unanswered) {
            at = asked + 1;
            throw unanswered;
        }
    }

    private static List<String> refused(HttpResponse<String> answer) {
        if (answer.statusCode() != 202) {
            return List.of();
        }
        JsonNode refused = MAPPER.readTree(answer.body()).path("refused");
        return refused.valueStream().map(one -> one.path("code").asString("")).toList();
    }
}
