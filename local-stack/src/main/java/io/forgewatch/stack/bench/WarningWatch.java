package io.forgewatch.stack.bench;

import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import io.forgewatch.stack.stream.StreamFollower;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Map;

/** Follows {@code /streams/warnings} as people do, and notes how often something comes and when it first tells of an alarm on a point. */
final class WarningWatch implements AutoCloseable {

    private final Arrivals arrivals = new Arrivals();
    private final StreamFollower follower;

    private WarningWatch(String query, String token) throws InterruptedException {
        follower = StreamFollower.open(query, token, null, event -> arrivals.take(event, Instant.now()));
    }

    /** Signs in and listens; returns when the stream has begun. Tokens end after 15 minutes, and the stream with them. */
    static WarningWatch open(StackUnderTest stack) throws IOException, InterruptedException {
        return open(stack, stack.ministry());
    }

    /** As somebody else does, who hears of what his jurisdiction covers. */
    static WarningWatch open(StackUnderTest stack, RunFile.Account account) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String token =
                    CommandApi.signIn(client, stack.run().command(), account).token();
            return new WarningWatch(stack.run().query(), token);
        }
    }

    /** {@code device.indicator} to when a warning first named an alarm of it, in epoch microseconds. */
    Map<String, Long> arrivals() {
        return arrivals.first();
    }

    /** How often something was pushed. */
    int pushes() {
        return arrivals.pushes();
    }

    /** @throws StackException when the stream has ended */
    void mustFollow() {
        follower.mustFollow();
    }

    @Override
    public void close() {
        follower.close();
    }
}
