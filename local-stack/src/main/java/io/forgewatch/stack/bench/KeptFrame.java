package io.forgewatch.stack.bench;

import io.forgewatch.stack.StackException;
import java.io.IOException;
import java.net.URI;

/**
 * A frame that was sent and answered, to be sent once more, byte for byte, within the 300 s that its signature is good for.
 *
 * @param gateway that sends it, and fresh ones
 */
record KeptFrame(LoadedGateway gateway, byte[] request, BareConnection.Answer answer) {

    private static final int LATER = 3;
    private static final int ACCEPTED = 202;

    /**
     * Sends one, and then a few more, so that its number is an old one.
     *
     * @throws StackException when one is not taken
     */
    static KeptFrame sent(URI door, String line) throws IOException {
        LoadedGateway gateway = LoadedGateway.of(line, BenchCountry.POINTS_PER_DEVICE, GatewayFill.sequence());
        try (BareConnection connection = new BareConnection(door)) {
            byte[] request = gateway.request(door.getAuthority(), System.currentTimeMillis());
            BareConnection.Answer answer = taken(connection.send(request));
            for (int i = 0; i < LATER; i++) {
                taken(connection.send(gateway.request(door.getAuthority(), System.currentTimeMillis())));
            }
            return new KeptFrame(gateway, request, answer);
        }
    }

    /** Whether a fresh frame of the gateway is taken now. */
    boolean isFreshTaken(URI door) throws IOException {
        try (BareConnection connection = new BareConnection(door)) {
            return connection
                            .send(gateway.request(door.getAuthority(), System.currentTimeMillis()))
                            .status()
                    == ACCEPTED;
        }
    }

    /** Whether it gets the answer that it got, when it comes again. */
    boolean isAnsweredAsBefore(URI door) throws IOException {
        try (BareConnection connection = new BareConnection(door)) {
            return connection.send(request).equals(answer);
        }
    }

    private static BareConnection.Answer taken(BareConnection.Answer answer) {
        if (answer.status() != ACCEPTED) {
            throw new StackException("A frame was answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }
}
