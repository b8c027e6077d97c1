package io.forgewatch.command.audit;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.web.CommandServer.AUDITOR;
import static io.forgewatch.command.web.CommandServer.MINISTRY;
import static io.forgewatch.command.web.CommandServer.SHANDONG;
import static io.forgewatch.command.web.CommandServer.WORKS;
import static io.forgewatch.command.web.CommandServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.eventstore.StoreBed;
import io.forgewatch.command.web.CommandServer;
import io.forgewatch.command.web.CommandServer.Who;
import io.forgewatch.event.Actor;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Many who read a long story again and again, while people go on with their work. */
@Timeout(180)
class LookersTest {

    private static final int ASSESSMENTS = 6_000;
    private static final int READERS = 16;
    private static final int COMMANDS = 40;
    private static final String RISK = "/audit/subjects/risk/" + ENTERPRISE;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static CommandServer server;

    @BeforeAll
    static void start() {
        String address = EmbeddedStore.newDatabase();
        try (StoreBed bed = new StoreBed(address)) {
            for (int from = 0; from < ASSESSMENTS; from += 500) {
                bed.given(assessments(from, from + 500));
            }
        }
        server = CommandServer.on(address);
        assertThat(server.post(MINISTRY, "/enterprises", """
                {"id": "GT3702110001", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""").statusCode()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<RecordedEvent> assessments(int from, int to) {
        List<RecordedEvent> events = new ArrayList<>();
        for (int n = from; n < to; n++) {
            events.add(new RecordedEvent(
                    n + 1,
                    new UUID(n + 1, ~n),
                    START.plusSeconds(n),
                    Actor.automation("WhenAlarmChangesThenAssessRisk"),
                    new RiskAssessed(
                            ENTERPRISE,
                            n % 100,
                            RiskLevel.BLUE,
                            RiskLevel.BLUE,
                            null,
                            List.of(),
                            new Contributions(n % 100, 0, null, 1, List.of()),
                            "1",
                            START.plusSeconds(n))));
        }
        return events;
    }

    @Test
    void given_readers_of_a_long_story_when_commands_go_on_then_none_of_them_fails() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        AtomicInteger read = new AtomicInteger();
        List<Who> whos = List.of(WORKS, AUDITOR, SHANDONG, MINISTRY);
        List<String> paths =
                List.of(RISK + "/events?limit=500", RISK + "/history?limit=500", "/audit/events?limit=500");
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            for (int reader = 0; reader < READERS; reader++) {
                Who who = whos.get(reader % whos.size());
                String path = paths.get(reader % paths.size());
                readers.submit(() -> {
                    while (!over.get()) {
                        HttpResponse<String> answer = server.get(who, path);
                        statuses.add(answer.statusCode());
                        read.incrementAndGet();
                        if (answer.statusCode() != 200) {
                            assertThat(answer.headers().firstValue("Retry-After"))
                                    .isPresent();
                        }
                    }
                });
            }
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> read.get() >= READERS);
                for (int n = 1; n <= COMMANDS; n++) {
                    HttpResponse<String> answer =
                            server.post(MINISTRY, "/enterprises/GT3702110001/devices", """
                            {"id": "GT37021100010100%02d", "name": "高炉", "area": "炼铁区",
                             "indicators": [{"indicator": "BF_CW_P"}]}""".formatted(n));
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
                }
            } finally {
                over.set(true);
            }
        }
        assertThat(statuses).contains(200).isSubsetOf(200, 429, 503);
    }

    @Test
    void given_a_long_story_when_it_is_paged_through_then_each_event_comes_once_newest_first() {
        List<Long> seen = new ArrayList<>();
        String next = "";
        do {
            HttpResponse<String> answer = server.get(WORKS, RISK + "/events?limit=500" + next);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = json(answer);
            page.path("items")
                    .valueStream()
                    .forEach(item -> seen.add(item.path("position").asLong()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());

        assertThat(seen).hasSize(ASSESSMENTS);
        assertThat(seen).isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void given_a_moment_when_the_story_up_to_it_is_asked_for_then_it_begins_there() {
        JsonNode at = json(server.get(WORKS, RISK + "/events?limit=2&at=" + START.plusSeconds(3_000)));
        JsonNode up = json(server.get(WORKS, RISK + "/events?limit=2&position=3001"));

        assertThat(at.path("items").path(0).path("position").asLong()).isEqualTo(3_001);
        assertThat(at.path("items").path(1).path("position").asLong()).isEqualTo(3_000);
        assertThat(up.path("items")).isEqualTo(at.path("items"));
        assertThat(json(server.get(WORKS, RISK + "/events?at=" + START.minusSeconds(1)))
                        .path("items")
                        .size())
                .isZero();
    }
}
