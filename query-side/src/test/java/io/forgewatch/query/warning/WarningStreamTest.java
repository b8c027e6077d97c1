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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;

class WarningStreamTest {

    private static final String SHANDONG = "GT3702110001";
    private static final String HEBEI = "GT1302050001";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    /** A warning that is issued, grows, is told upwards, signed and closed: four things to hear of. */
    private static void warn() throws Exception {
        number++;
        relay(STORY.warning(SHANDONG, number, RiskLevel.YELLOW), true);
        relay(STORY.warning(HEBEI, number, RiskLevel.RED), false);
        relay(STORY.segment(SHANDONG, number, RiskLevel.ORANGE), true);
        String id = SHANDONG + "-W" + number;
        relay(STORY.record(new WarningEscalated(id, DeadlineKind.SIGN, "CITY", STORY.now())), false);
        relay(STORY.record(new WarningSigned(id, "works", STORY.now())), true);
        relay(STORY.record(new WarningClosed(id, STORY.now())), true);
    }

    /** One who reads the stream. */
    private static final class Listener implements AutoCloseable {
        final List<ServerSentEvent<String>> heard = new CopyOnWriteArrayList<>();
        final Disposable reading;
        volatile boolean ended;
        volatile Throwable failure;

        Listener(String token, String lastEventId) {
            reading = get(token, lastEventId)
                    .retrieve()
                    .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                    .subscribe(heard::add, this::end, () -> end(null));
        }

        private void end(Throwable why) {
            failure = why;
            ended = true;
        }

        void connected() {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> ended || heard.stream().anyMatch(one -> one.comment() != null));
            assertThat(failure).isNull();
        }

        List<Long> ids() {
            return heard.stream()
                    .filter(one -> one.id() != null)
                    .map(one -> Long.valueOf(one.id()))
                    .toList();
        }

        void heardUntil(long position) {
            Awaitility.await().atMost(PATIENCE).until(() -> ended || ids().contains(position));
            assertThat(failure).isNull();
            assertThat(ids()).contains(position);
        }

        @Override
        public void close() {
            reading.dispose();
        }
    }

    private static WebClient.RequestHeadersSpec<?> get(String token, String lastEventId) {
        WebClient.RequestHeadersSpec<?> request = WebClient.create(
                        "http://127.0.0.1:" + side.getEnvironment().getProperty("local.server.port"))
                .get()
                .uri("/streams/warnings")
                .header("Authorization", "Bearer " + token);
        return lastEventId == null ? request : request.header("Last-Event-ID", lastEventId);
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

            assertThat(works.ids()).endsWith(now.toArray(Long[]::new)).hasSize(4);
            assertThat(nation.ids()).hasSize(5).isSorted();
            assertThat(hebei.ids()).hasSize(1);
            ServerSentEvent<String> first = works.heard.stream()
                    .filter(one -> one.id() != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(first.event()).isEqualTo("warning");
            assertThat(first.data())
                    .contains(
                            "\"id\":\"" + SHANDONG + "-W" + number + "\"",
                            "\"status\":\"UNSIGNED\"",
                            "\"level\":\"YELLOW\"");
            assertThat(works.heard.getLast().data()).contains("\"status\":\"CLOSED\"", "\"level\":\"ORANGE\"");
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
    void given_an_id_that_was_never_sent_when_resumed_then_it_is_refused(String id) {
        Integer status = get(province("37"), id)
                .exchangeToMono(answer ->
                        answer.releaseBody().thenReturn(answer.statusCode().value()))
                .block(PATIENCE);

        assertThat(status).isEqualTo(400);
    }

    @Test
    void given_a_token_that_ends_when_listening_then_the_stream_ends_with_it() {
        String token = Tokens.of(Role.PROVINCE, "region:37", Instant.now().plusSeconds(4));
        try (Listener listener = new Listener(token, null)) {
            listener.connected();
            Awaitility.await().atMost(PATIENCE).until(() -> listener.ended);
        }
    }
}
