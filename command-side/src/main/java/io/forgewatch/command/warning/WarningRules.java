package io.forgewatch.command.warning;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.equipment.Topic;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.BilingualText;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deadlines, escalation and first advice (dossier §5), as data: {@code warning-rules-<version>.json} beside this class. All of it
 * is proposed (basis P).
 */
public record WarningRules(
        String version, String basis, Map<RiskLevel, LevelRules> levels, Map<Topic, BilingualText> advice) {

    public WarningRules {
        levels = Map.copyOf(levels);
        advice = Map.copyOf(advice);
    }

    /** Minutes from when the warning reached the level. */
    record LevelRules(int signMinutes, int feedbackMinutes, int resolveMinutes, List<Escalation> escalations) {}

    /**
     * @param missed what has not been done
     * @param to who is told then
     */
    record Escalation(int afterMinutes, DeadlineKind missed, Tier to) {}

    public static WarningRules standard() {
        String name = "warning-rules-1.json";
        try (InputStream json = Objects.requireNonNull(WarningRules.class.getResourceAsStream(name), name)) {
            return EventJson.MAPPER.readValue(json, WarningRules.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param level yellow or above */
    Deadlines deadlines(RiskLevel level, Instant from) {
        LevelRules rules = rules(level);
        return new Deadlines(
                from.plus(Duration.ofMinutes(rules.signMinutes())),
                from.plus(Duration.ofMinutes(rules.feedbackMinutes())),
                from.plus(Duration.ofMinutes(rules.resolveMinutes())));
    }

    List<Escalation> escalations(RiskLevel level) {
        return rules(level).escalations();
    }

    BilingualText advice(Topic topic) {
        return Objects.requireNonNull(advice.get(topic), topic.name());
    }

    private LevelRules rules(RiskLevel level) {
        return Objects.requireNonNull(levels.get(level), level.name());
    }
}
