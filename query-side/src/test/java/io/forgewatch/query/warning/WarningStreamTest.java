package io.forgewatch.query.warning;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.identity.Role;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import io.forgewatch.event.warning.WarningEvent.WarningEscalated;
import io.forgewatch.event.warning.WarningEvent.WarningSigned;
import io.forgewatch.query.QuerySide;
import io.forgewatch.query.given.Broker;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.given.Story;
import io.forgewatch.query.given.Tokens;
import io.forgewatch.query.projection.Progress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

class WarningStreamTest {

    private static final String SHANDONG = "GT3702110001";
    private static final String HEBEI = "GT1302050001";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Story STORY = new Story(Instant.now().minusSeconds(3600));
    private static final List<Long> OF_SHANDONG = new ArrayList<>();
    private static Broker broker;
    private static Store store;
    private static ConfigurableApplicationContext side;
    private static int number;

    @BeforeAll
    static void a_past() throws Exception {
        broker = new Broker();
        store = new Store();
        relay(STORY.enterprise(SHANDONG), false);
        relay(STORY.enterprise(HEBEI), false);
        warn();
        side = started();
    }

    @AfterAll
    static void stop() {
        side.close();
        store.close();
        broker.close();
    }

    private static ConfigurableApplicationContext started() {
        return QuerySide.start(Map.of(
                "server.port", 0,
                "forgewatch.kafka.bootstrap", broker.bootstrap(),
                "forgewatch.mongodb.uri", store.uri(),
                "forgewatch.security.token-public-key", Tokens.publicKey()));
    }

    private static void relay(RecordedEvent event, boolean heard) throws Exception {
        broker.relay(event);
        if (heard) {
            OF_SHANDONG.add(event.position());
        }
    }

    /** A warning that is issued, grows, is told upwards, signed and closed: five things to hear of. */
    private static void warn() throws Exception {
        number++;
        relay(STORY.warning(SHANDONG, number, RiskLevel.YELLOW), true);
        relay(STORY.warning(HEBEI, number, RiskLevel.RED), false);
        relay(STORY.segment(SHANDONG, number, RiskLevel.ORANGE), true);
        String id = SHANDONG + "-W" + number;
        relay(STORY.record(new WarningEscalated(id, 1, DeadlineKind.SIGN, "CITY", STORY.now())), true);
        relay(STORY.record(new WarningSigned(id, "works", STORY.now())), true);
        relay(STORY.record(new WarningClosed(id, STORY.now())), true);
    }

    /** One who reads the stream, line by line as it comes over the wire. */
    private static final class Listener implements AutoCloseable {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final CompletableFuture<HttpResponse<Void>> reading;
        final HttpClient client = HttpClient.newHttpClient();

        Listener(String token, String lastEventId) {
            reading = client.sendAsync(
                    get(token, lastEventId), HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
        }

        void connected() {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines).contains(":heartbeat"));
        }

        List<Long> ids() {
            return before("event:warning");
        }

        /** Those of what comes for who looks whether the stream lives. */
        List<Long> heartbeatIds() {
            return before("retry:");
        }

        private List<Long> before(String next) {
            return IntStream.range(1, lines.size())
                    .filter(at -> lines.get(at).startsWith(next))
                    .mapToObj(at -> lines.get(at - 1))
                    .map(line -> Long.valueOf(line.substring(3)))
                    .toList();
        }

        void heardUntil(long position) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ids())
                            .as(
                                    "views at %d, heard %s",
                                    side.getBean(Progress.class).reached(), lines)
                            .contains(position));
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }

    private record Lines(List<String> lines) implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            lines.add("failed: " + failure);
        }

        @Override
        public void onComplete() {
            lines.add("ended");
        }
    }

    private static HttpRequest get(String token, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + side.getEnvironment().getProperty("local.server.port") + "/streams/warnings"))
                .header("Authorization", "Bearer " + token);
        return (lastEventId == null ? request : request.header("Last-Event-ID", lastEventId)).build();
    }

    private static String province(String prefix) {
        return Tokens.of(Role.PROVINCE, "region:" + prefix);
    }

    @Test
    void given_listeners_of_every_tier_when_a_warning_lives_then_each_hears_what_it_may_see() throws Exception {
        try (Listener nation = new Listener(Tokens.of(Role.MINISTRY, "nation"), null);
                Listener works = new Listener(Tokens.of(Role.ENTERPRISE, "enterprise:" + SHANDONG), null);
                Listener hebei = new Listener(province("1302"), null)) {
            nation.connected();
            works.connected();
            hebei.connected();
            int before = OF_SHANDONG.size();
            warn();
            List<Long> now = OF_SHANDONG.subList(before, OF_SHANDONG.size());
            nation.heardUntil(STORY.position());
            works.heardUntil(STORY.position());
            hebei.heardUntil(now.getFirst() + 1);

            assertThat(works.ids()).endsWith(now.toArray(Long[]::new)).hasSize(5);
            assertThat(nation.ids()).hasSize(6).isSorted();
            assertThat(hebei.ids()).hasSize(1);
            assertThat(works.lines).contains("event:warning");
            assertThat(works.lines.stream().filter(line -> line.startsWith("data:")))
                    .first()
                    .asString()
                    .contains("\"id\":\"" + SHANDONG + "-W" + number + "\"")
                    .contains("\"status\":\"UNSIGNED\"", "\"level\":\"YELLOW\"");
            assertThat(works.lines.stream().filter(line -> line.startsWith("data:")))
                    .last()
                    .asString()
                    .contains("\"status\":\"CLOSED\"", "\"level\":\"ORANGE\"");
        }
    }

    @Test
    void given_one_who_comes_back_in_the_middle_of_things_when_resumed_then_nothing_is_missing_or_repeated()
            throws Exception {
        List<Listener> listeners = new ArrayList<>();
        warn();
        int first = OF_SHANDONG.size() - 1;
        long sent = STORY.position();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> side.getBean(Progress.class).reached() >= sent);
        for (int i = 0; i < 8; i++) {
            warn();
            listeners.add(new Listener(province("37"), OF_SHANDONG.get(first).toString()));
        }
        warn();
        List<Long> expected = OF_SHANDONG.subList(first + 1, OF_SHANDONG.size());

        for (Listener listener : listeners) {
            listener.heardUntil(STORY.position());
            assertThat(listener.ids()).containsExactlyElementsOf(expected);
            listener.close();
        }
    }

    @Test
    void given_a_restart_when_resumed_from_the_first_event_then_all_of_it_is_there() throws Exception {
        warn();
        side.close();
        warn();
        side = started();
        try (Listener listener = new Listener(province("37"), "0")) {
            listener.heardUntil(STORY.position());
            assertThat(listener.ids()).containsExactlyElementsOf(OF_SHANDONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "999999999999", "99999999999999999999", "1 OR 1=1"})
    void given_an_id_that_was_never_sent_when_resumed_then_it_is_refused(String id) throws Exception {
        int status;
        try (HttpClient client = HttpClient.newHttpClient()) {
            status = client.send(get(province("37"), id), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }

        assertThat(status).isEqualTo(400);
    }

    @Test
    void given_one_without_an_event_yet_when_he_comes_back_with_the_heartbeat_s_id_then_he_misses_nothing()
            throws Exception {
        long last;
        try (Listener quiet = new Listener(province("37"), null)) {
            quiet.connected();
            last = quiet.heartbeatIds().getFirst();
            assertThat(quiet.lines.get(1)).matches("retry:[1-4][0-9]{3}");
        }
        int before = OF_SHANDONG.size();
        warn();
        try (Listener again = new Listener(province("37"), Long.toString(last))) {
            again.heardUntil(STORY.position());
            assertThat(again.heartbeatIds()).first().isEqualTo(last);
            assertThat(again.ids())
                    .endsWith(OF_SHANDONG.subList(before, OF_SHANDONG.size()).toArray(Long[]::new));
        }
    }

    @Test
    void given_a_token_that_ends_when_listening_then_the_stream_ends_with_it() {
        String token = Tokens.of(Role.PROVINCE, "region:37", Instant.now().plusSeconds(4));
        try (Listener listener = new Listener(token, null)) {
            listener.connected();
            Awaitility.await().atMost(PATIENCE).until(() -> listener.lines.contains("ended"));
        }
    }
}
