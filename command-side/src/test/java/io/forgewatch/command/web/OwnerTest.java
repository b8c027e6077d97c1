package io.forgewatch.command.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.event.Actor;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class OwnerTest {

    private final List<String> owners = new ArrayList<>();
    private final CommandAnswers answers = new CommandAnswers(
            new Commands() {
                @Override
                public Mono<Answer> send(Command command, Actor actor, String idempotencyKey, String cause) {
                    owners.add("nobody");
                    return Mono.just(new Answer(1, Map.of()));
                }

                @Override
                public Mono<Answer> sendFor(String owner, Command command, Actor actor, String idempotencyKey) {
                    owners.add(owner + " " + actor.wire());
                    return Mono.just(new Answer(1, Map.of()));
                }
            },
            Clock.systemUTC());

    private void send(String username, Role role, Jurisdiction jurisdiction) {
        answers.send(() -> Instant.EPOCH, new Caller(username, role, jurisdiction, Instant.MAX), null)
                .block(Duration.ofSeconds(10));
    }

    @Test
    void
            given_accounts_of_an_enterprise_and_one_of_none_when_they_send_then_the_first_share_and_the_other_has_its_own() {
        Jurisdiction works = new Jurisdiction.Enterprise(new EnterpriseId("GT3702110001"));
        send("li", Role.ENTERPRISE, works);
        send("wang", Role.ENTERPRISE, works);
        send("ministry", Role.MINISTRY, new Jurisdiction.Nation());

        assertThat(owners)
                .containsExactly(
                        "enterprise/GT3702110001 account/li",
                        "enterprise/GT3702110001 account/wang",
                        "account/ministry account/ministry");
    }
}
