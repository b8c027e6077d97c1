package io.forgewatch.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.Await;
import io.forgewatch.stack.stream.StreamRefusedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who follows a stream, and goes on at another one, is judged by hand: a server that says what it is told to. */
@Timeout(60)
class StreamWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SHORT = "id:3\ndata:{\"enterpriseId\":\"E\"}\n\n";

    private final List<@Nullable String> asked = new CopyOnWriteArrayList<>();
    private final List<Integer> refusals = new ArrayList<>();
    private String content = "";
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/streams/warnings", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            if (!refusals.isEmpty()) {
                exchange.sendResponseHeaders(refusals.removeFirst(), -1);
            } else {
                byte[] body = content.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void given_warnings_and_heartbeats_when_followed_then_the_newest_id_of_each_kind_is_known() throws Exception {
        content = ":heartbeat\nid:2-1\n\n" + SHORT.replace("id:3", "id:2-3") + ":heartbeat\nid:2-7\n\n"
                + SHORT.replace("id:3", "id:2-9") + SHORT.replace("id:3\n", "");
        try (StreamWatch watch = ended(new Place(2, 0))) {
            assertThat(asked).containsExactly("2-0");
            assertThat(watch.ids()).containsExactly(new Place(2, 3), new Place(2, 9));
            assertThat(watch.positions()).containsExactly(3L, 9L);
            assertThat(watch.lastId()).isEqualTo(new Place(2, 9));
            assertThat(watch.lastBeat()).isEqualTo(new Place(2, 7));
            assertThat(watch.of("E")).hasSize(3).allMatch(told -> told.bytes() == 20);
            assertThat(watch.of("F")).isEmpty();
        }
    }

    @Test
    void given_a_refusal_when_opened_then_its_status_is_told() {
        refusals.add(400);
        assertThatThrownBy(() -> StreamWatch.open(url(), "token", null))
                .isInstanceOfSatisfying(
                        StreamRefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void given_a_503_when_readers_come_back_then_they_come_again_and_with_the_ids_that_they_had() throws Exception {
        content = ":heartbeat\nid:2\n\n" + SHORT;
        try (StreamWatch dead = ended(null)) {
            asked.clear();
            refusals.addAll(List.of(503, 503));
            try (ComingBack back = ComingBack.to(url(), "token", dead, PATIENCE)) {
                assertThat(asked).containsExactly("3", "3", "3", "2");
            }
        }
    }

    @Test
    void given_a_400_when_readers_come_back_then_that_is_what_was_seen() throws Exception {
        content = ":heartbeat\nid:4\n\n" + SHORT;
        try (StreamWatch dead = ended(null)) {
            refusals.addAll(List.of(400, 400));
            try (ComingBack back = ComingBack.to(url(), "token", dead, PATIENCE)) {
                TrialReport report = heard(back, new Place(1, 5));
                assertThat(report.checks())
                        .hasSize(2)
                        .allMatch(check -> !check.held() && check.seen().contains("answered 400"));
            }
        }
    }

    @Test
    void given_a_stream_that_told_nothing_when_its_readers_come_back_then_nothing_is_taken_for_proven()
            throws Exception {
        content = ":nothing\n\n";
        try (StreamWatch dead = ended(null);
                ComingBack back = ComingBack.to(url(), "token", dead, PATIENCE)) {
            assertThat(heard(back, new Place(1, 5)).checks()).hasSize(2).noneMatch(TrialReport.Check::held);
        }
    }

    @Test
    void given_ids_when_asked_for_the_later_ones_then_a_later_history_comes_after_all_of_an_earlier_one() {
        List<Place> ids = List.of(new Place(1, 3), new Place(1, 9), new Place(2, 4));
        assertThat(ComingBack.later(ids, new Place(1, 3))).containsExactly(new Place(1, 9), new Place(2, 4));
        assertThat(ComingBack.later(ids, new Place(1, 10))).containsExactly(new Place(2, 4));
        assertThat(ComingBack.later(ids, new Place(2, 4))).isEmpty();
    }

    private static TrialReport heard(ComingBack back, Place... all) throws Exception {
        TrialReport.Notes notes = new TrialReport.Notes();
        back.mustHear(List.of(all), Duration.ofMillis(1), notes);
        return notes.report();
    }

    private StreamWatch ended(@Nullable Place lastEventId) throws Exception {
        StreamWatch watch = StreamWatch.open(url(), "token", lastEventId);
        Await.until("the stream ends", PATIENCE, () -> !watch.ended().isEmpty());
        return watch;
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
