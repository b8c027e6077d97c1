package io.forgewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whoever asks for something that goes on, and vanishes, leaves nothing behind. */
class AbandonedAnswersTest {

    private static final int CYCLES = 300;

    /** How many answers are under way, and how many ever began. */
    private static final AtomicInteger OPEN = new AtomicInteger();

    private static final AtomicInteger BEGUN = new AtomicInteger();

    @RestController
    static class Endless {

        @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ServerSentEvent<String>> events() {
            return held().map(
                            number -> ServerSentEvent.builder(number.toString()).build());
        }

        @GetMapping(path = "/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
        Flux<Map<String, Long>> export() {
            return held().map(number -> Map.of("number", number));
        }

        private static Flux<Long> held() {
            return Flux.using(
                    () -> {
                        BEGUN.incrementAndGet();
                        return OPEN.incrementAndGet();
                    },
                    place -> Flux.concat(Mono.just(1L), Mono.never()),
                    place -> OPEN.decrementAndGet());
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebEdge.class, Endless.class})
    static class Side {}

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(ProblemAnswers.class);
    private ConfigurableApplicationContext side;

    @BeforeEach
    void start() {
        BEGUN.set(0);
        OPEN.set(0);
        side = WebEdge.application(Side.class, "edge-server")
                .run(WebEdge.arguments(Map.of(
                        "server.port", 0, "forgewatch.security.token-public-key", EdgeServer.pem(EdgeServer.KEYS))));
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void stop() {
        log.detachAppender(logged);
        side.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/export"})
    void givenAnAnswerThatGoesOn_whenCallersVanishAtOnceAfterAsking_thenNothingIsHeldAndItIsNobodysError(String path)
            throws Exception {
        for (int i = 0; i < CYCLES; i++) {
            try (Socket caller = asking(path)) {
                caller.setSoLinger(true, 0);
            }
        }
        // Asked for after all others on the same machine: by then theirs have been dealt with, or soon will be.
        try (Socket last = asking(path)) {
            assertThat(answerOf(last)).contains("200 OK");
            await(1);
        }
        await(0);
        assertThat(BEGUN).hasValueGreaterThan(1);
        assertThat(logged.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void givenAStreamThatHasBegun_whenItsReaderHangsUp_thenItEndsAndItIsNobodysError() throws Exception {
        try (Socket caller = asking("/events")) {
            assertThat(answerOf(caller)).contains("200 OK");
            await(1);
        }
        await(0);
        assertThat(List.copyOf(logged.list)).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private static void await(int open) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (OPEN.get() != open) {
            assertThat(System.nanoTime() - end)
                    .as("%d answers are under way, not %d", OPEN.get(), open)
                    .isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Socket asking(String path) throws IOException {
        int port = Integer.parseInt(side.getEnvironment().getRequiredProperty("local.server.port"));
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
                                + EdgeServer.token().compact() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String answerOf(Socket caller) throws IOException {
        byte[] some = new byte[1024];
        int read = caller.getInputStream().read(some);
        return new String(some, 0, Math.max(0, read), StandardCharsets.US_ASCII);
    }
}
