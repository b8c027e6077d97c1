package io.forgewatch.command.warning;

import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.Direction;
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
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines, escalation and first advice (dossier §5), as data: {@code warning-rules-<version>.json} beside this class. All of it
 * is proposed (basis P).
 */
public record WarningRules(
        String version,
        String basis,
        Map<RiskLevel, LevelRules> levels,
        Pace pace,
        Map<Topic, BilingualText> advice,
        Map<String, BilingualText> adviceOf) {

    /** @param adviceOf in place of the topic's, by indicator, or by indicator and direction where the two need opposite things */
    public WarningRules {
        levels = Map.copyOf(levels);
        advice = Map.copyOf(advice);
        adviceOf = Map.copyOf(adviceOf);
    }

    /**
     * Minutes from when a demand of the level is issued.
     *
     * @param verifyMinutes null where nothing is verified
     */
    record LevelRules(
            int signMinutes,
            int feedbackMinutes,
            int resolveMinutes,
            @Nullable Integer verifyMinutes,
            List<Escalation> escalations) {}

    /**
     * How often people are told and asked (dossier §3 "Again", §5 "Demands" and "Floods").
     *
     * @param againMinutes a breach again is news when the value had been back for so long
     * @param demandMinutes at most one demand within that time, unless the level rises
     * @param gatherMillis what follows a segment within that time is told together
     * @param mostGatherMillis to which that time grows, from segment to segment, while a storm lasts
     * @param lookMillis after how long it is looked at once more whether anything was left: clocks of instances differ
     */
    record Pace(int againMinutes, int demandMinutes, long gatherMillis, long mostGatherMillis, long lookMillis) {

        Duration again() {
            return Duration.ofMinutes(againMinutes);
        }

        Duration betweenDemands() {
            return Duration.ofMinutes(demandMinutes);
        }

        Duration gather() {
            return Duration.ofMillis(gatherMillis);
        }

        Duration mostGather() {
            return Duration.ofMillis(mostGatherMillis);
        }

        Duration look() {
            return Duration.ofMillis(lookMillis);
        }
    }

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

    /**
     * To the full minute, as texts say them.
     *
     * @param level yellow or above
     * @param contained the highest level that is to be verified
     */
    Deadlines deadlines(RiskLevel level, RiskLevel contained, Instant from) {
        LevelRules rules = rules(level);
        Integer verify = rules(contained).verifyMinutes();
        return new Deadlines(
                after(from, rules.signMinutes()),
                after(from, rules.feedbackMinutes()),
                after(from, rules.resolveMinutes()),
                verify == null ? null : after(from, verify));
    }

    /** When a tier is told: never before the deadline that people were given. */
    Instant due(Escalation escalation, Instant from) {
        return after(from, escalation.afterMinutes());
    }

    private static Instant after(Instant from, int minutes) {
        Instant cut = from.truncatedTo(ChronoUnit.MINUTES);
        return (cut.isBefore(from) ? cut.plus(Duration.ofMinutes(1)) : cut).plus(Duration.ofMinutes(minutes));
    }

    /** The shortest time after which a tier is told of that at any level. */
    Duration shortest(DeadlineKind missed, Tier to) {
        return levels.values().stream()
                .flatMap(rules -> rules.escalations().stream())
                .filter(escalation -> escalation.missed() == missed && escalation.to() == to)
                .map(escalation -> Duration.ofMinutes(escalation.afterMinutes()))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    List<Escalation> escalations(RiskLevel level) {
        return rules(level).escalations();
    }

    BilingualText advice(Topic topic) {
        return Objects.requireNonNull(advice.get(topic), topic.name());
    }

    /** What to do first about an alarm of this indicator. */
    BilingualText advice(String indicator, Direction direction, Topic topic) {
        return Stream.of(indicator + " " + direction, indicator)
                .flatMap(key -> Stream.ofNullable(adviceOf.get(key)))
                .findFirst()
                .orElseGet(() -> advice(topic));
    }

    private LevelRules rules(RiskLevel level) {
        return Objects.requireNonNull(levels.get(level), level.name());
    }
}
