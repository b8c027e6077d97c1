package io.forgewatch.stack.bare;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** One server-sent event over HTTP on loopback: a server as ours is built on, and a reader as the one who times ours. */
final class StreamHop implements Hop {

    private static final String DATA = "data:";
    private static final String FIRST = ":open\n\n";

    private final Sinks.Many<Long> events = Sinks.many().unicast().onBackpressureBuffer();
    private final DisposableServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String content;
    private final Next next;
    private final Broken broken;
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile boolean closing;

    /** @param content as long as what stands behind the number in our event */
    StreamHop(String content, Next next, Broken broken) throws InterruptedException, IOException {
        this.content = content;
        this.next = next;
        this.broken = broken;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/bare", (request, response) -> stream(response)))
                .bindNow(Duration.ofSeconds(10));
        Thread.ofPlatform().daemon().name("bare-stream").start(this::follow);
        if (!open.await(10, TimeUnit.SECONDS)) {
            close();
            throw new IOException("The bare stream does not begin");
        }
    }

    private org.reactivestreams.Publisher<Void> stream(HttpServerResponse response) {
        return response.sse()
                .send(
                        Flux.concat(Flux.just(FIRST), events.asFlux().map(this::event))
                                .map(text -> Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))),
                        each -> true);
    }

    private String event(long number) {
        return "id:" + number + "\nevent:warning\n" + DATA + number + " " + content + "\n\n";
    }

    @Override
    public void send(long number) {
        Sinks.EmitResult result = events.tryEmitNext(number);
        if (result.isFailure()) {
            broken.by(new IOException("The bare stream takes nothing: " + result));
        }
    }

    private void follow() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/bare"))
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                lines.forEach(this::take);
            }
            ended(new IOException("The bare stream ended"));
        } catch (IOException | RuntimeException failure) {
            ended(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line) {
        open.countDown();
        if (line.startsWith(DATA)) {
            next.through(Long.parseLong(line.substring(DATA.length(), line.indexOf(' '))));
        }
    }

    private void ended(Exception failure) {
        if (!closing) {
            broken.by(failure);
        }
    }

    @Override
    public void close() {
        closing = true;
        client.shutdownNow();
        server.disposeNow(Duration.ofSeconds(5));
    }
}
