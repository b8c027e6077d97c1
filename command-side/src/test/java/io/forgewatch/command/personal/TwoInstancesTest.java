package io.forgewatch.command.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.forgewatch.command.alarm.Alarms;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.eventstore.EmbeddedStore;
import io.forgewatch.command.web.CommandServer;
import io.forgewatch.event.Actor;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one instance erases, another that had read it forgets. */
@Timeout(180)
class TwoInstancesTest {

    private static final String WARNING = Alarms.ENTERPRISE + "-W1";

    @Test
    void given_a_name_that_both_have_read_when_one_erases_it_then_the_other_no_longer_tells_it_and_takes_new_ones() {
        String database = EmbeddedStore.newDatabase();
        try (CommandServer one = CommandServer.on(database);
                CommandServer other = CommandServer.on(database)) {
            warn(one);
            answer(one, "王建国");
            assertThat(told(one)).contains("王建国");
            assertThat(told(other)).contains("王建国");

            ok(one.post(
                    CommandServer.MINISTRY,
                    "/personal-data/erasures",
                    "{\"kind\": \"enterprise\", \"id\": \"" + Alarms.ENTERPRISE + "\", \"reason\": \"asked\"}"));

            assertThat(told(one)).contains(PersonalText.ERASED).doesNotContain("王建国");
            await().atMost(Duration.ofSeconds(30)).until(() -> !told(other).contains("王建国"));
            assertThat(told(other)).contains(PersonalText.ERASED);
            answer(other, "李后来");
            assertThat(told(one)).contains(PersonalText.ERASED).contains("李后来");
        }
    }

    private static void warn(CommandServer server) {
        ok(
                server.post(
                        CommandServer.MINISTRY,
                        "/enterprises",
                        "{\"id\": \"" + Alarms.ENTERPRISE
                                + "\", \"name\": \"日照钢铁\", \"region\": \"370211\", \"industry\": \"STEEL\", \"profile\": \"STEEL_LONG\"}"));
        server.context()
                .getBean(Commands.class)
                .send(Alarms.breach(Limit.LL, Severity.A, 0), new Actor("detection", "0"), "breach")
                .block(Duration.ofSeconds(60));
        server.context()
                .getBean(EventFeed.class)
                .after(0)
                .filter(recorded -> recorded.event() instanceof WarningIssued)
                .blockFirst(Duration.ofSeconds(60));
        ok(server.post(CommandServer.WORKS, "/warnings/" + WARNING + "/signature", ""));
    }

    private static void answer(CommandServer server, String person) {
        ok(server.post(
                CommandServer.WORKS,
                "/warnings/" + WARNING + "/feedback",
                "{\"cause\": \"泵跳闸\", \"measures\": \"切换备用泵\", \"person\": \"" + person + "\", \"occurredAt\": \""
                        + Instant.now() + "\"}"));
    }

    private static String told(CommandServer server) {
        return ok(server.get(CommandServer.AUDITOR, "/audit/subjects/warning/" + WARNING + "/events"));
    }

    private static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.body();
    }
}
