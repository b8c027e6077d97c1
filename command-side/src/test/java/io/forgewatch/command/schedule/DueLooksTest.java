package io.forgewatch.command.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.DueDate;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.risk.Risk;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.command.risk.RiskModel;
import io.forgewatch.command.schedule.DueDateRows.Due;
import io.forgewatch.command.warning.Tier;
import io.forgewatch.command.warning.Warning;
import io.forgewatch.command.warning.WarningCommand.EscalateWarning;
import io.forgewatch.command.warning.WarningRules;
import io.forgewatch.event.Actor;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dates that only look again are answered together. */
class DueLooksTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final DueLooks looks = new DueLooks(new DeciderNames(
            List.of(new Risk(RiskModel.standard()), new Warning(Catalogue.standard(), WarningRules.standard()))));

    private static Due due(String key, int minute, Command command, DueDate.@Nullable Origin origin) {
        return new Due(
                key,
                NOON.plusSeconds(minute * 60L),
                command.getClass().getSimpleName(),
                EventJson.MAPPER.writeValueAsString(command),
                1,
                origin,
                "");
    }

    private static Due look(String key, int minute, String works) {
        return due(key, minute, new AssessRisk(new EnterpriseId(works), NOON.plusSeconds(minute * 60L)), null);
    }

    private static List<List<String>> keys(List<List<Due>> joined) {
        return joined.stream()
                .map(group -> group.stream().map(Due::key).toList())
                .toList();
    }

    @Test
    void given_looks_at_two_works_when_due_together_then_each_is_looked_at_once_and_people_are_told_before() {
        EscalateWarning tells = new EscalateWarning(
                new WarningId("GT3702110001", 1), DeadlineKind.SIGN, Tier.CITY, 1, NOON.plusSeconds(540));

        assertThat(keys(looks.joined(List.of(
                        look("c", 3, "GT3702110001"),
                        look("a", 1, "GT3702110001"),
                        look("b", 2, "GT3702110002"),
                        due("t", 9, tells, null),
                        due("u", 8, tells, null)))))
                .containsExactly(List.of("u"), List.of("t"), List.of("a", "c"), List.of("b"));
    }

    @Test
    void given_a_look_of_an_automation_or_one_that_nobody_knows_when_due_then_it_stays_alone() {
        DueDate.Origin origin = new DueDate.Origin(Actor.automation("a"), "key", new UUID(0, 1));
        AssessRisk assess = new AssessRisk(new EnterpriseId("GT3702110001"), NOON);

        assertThat(keys(looks.joined(List.of(
                        due("a", 1, assess, origin),
                        look("b", 2, "GT3702110001"),
                        new Due("c", NOON, "AssessRisk", "{", 1, null, ""),
                        new Due("d", NOON, "NoSuchCommand", "{}", 1, null, "")))))
                .containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
    }
}
