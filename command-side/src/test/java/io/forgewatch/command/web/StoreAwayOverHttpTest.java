package io.forgewatch.command.web;

import static io.forgewatch.command.web.CommandServer.AUDITOR;
import static io.forgewatch.command.web.CommandServer.MINISTRY;
import static io.forgewatch.command.web.CommandServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.forgewatch.command.eventstore.EmbeddedStore;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What people are told while PostgreSQL takes no connections. */
@Timeout(180)
class StoreAwayOverHttpTest {

    private static final String ENTERPRISE = """
            {"id": "GT370211000%d", "name": "示范钢铁", "region": "370211", "industry": "STEEL", "profile": "STEEL_LONG"}""";

    @Test
    void given_a_store_that_takes_no_connections_when_people_ask_then_503_with_a_time_and_nothing_is_an_error() {
        String address = EmbeddedStore.newDatabase();
        String name = EmbeddedStore.nameOf(address);
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        try (CommandServer server = CommandServer.on(address)) {
            assertThat(server.post(MINISTRY, "/enterprises", ENTERPRISE.formatted(1))
                            .statusCode())
                    .isEqualTo(201);
            log.setContext(root.getLoggerContext());
            log.start();
            root.addAppender(log);
            EmbeddedStore.execute("postgres", "alter database " + name + " with allow_connections false");
            EmbeddedStore.execute(
                    "postgres",
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");

            for (HttpResponse<String> answer : List.of(
                    server.post(MINISTRY, "/enterprises", ENTERPRISE.formatted(2)),
                    server.get(AUDITOR, "/audit/subjects/enterprise/GT3702110001/events"),
                    server.get(AUDITOR, "/audit/subjects/enterprise/GT3702110001/history"),
                    server.get(AUDITOR, "/audit/events"))) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(json(answer).path("code").asString()).isEqualTo("unavailable");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(List.copyOf(log.list))
                    .filteredOn(line -> line.getLoggerName().startsWith("io.forgewatch.web"))
                    .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
                    .noneMatch(line -> line.getLevel().equals(Level.WARN) && line.getThrowableProxy() != null);

            EmbeddedStore.execute("postgres", "alter database " + name + " with allow_connections true");
            org.awaitility.Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> server.post(MINISTRY, "/enterprises", ENTERPRISE.formatted(2))
                                    .statusCode()
                            == 201);
        } finally {
            root.detachAppender(log);
        }
    }
}
