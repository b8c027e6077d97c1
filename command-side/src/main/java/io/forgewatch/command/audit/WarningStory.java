package io.forgewatch.command.audit;

import io.forgewatch.command.audit.Story.Step;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.equipment.EquipmentEvent;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a warning's story from the recorded events that belong to it. Pure: whoever has the same events tells the same. */
final class WarningStory {

    private final String warningId;
    private final List<Traced> told;
    private final List<Traced> devices;
    private final Map<UUID, Traced> byId = new HashMap<>();

    private WarningStory(String warningId, List<Traced> events) {
        this.warningId = warningId;
        List<Traced> ordered = events.stream()
                .distinct()
                .sorted(Comparator.comparing(Traced::position))
                .toList();
        this.told = ordered.stream()
                .filter(traced -> !(traced.recorded().event() instanceof EquipmentEvent))
                .toList();
        this.devices = ordered.stream()
                .filter(traced -> traced.recorded().event() instanceof EquipmentEvent)
                .toList();
        ordered.forEach(traced -> byId.put(traced.recorded().id(), traced));
    }

    /**
     * @param events the warning's own, those of its alarms and of their devices, the assessments of risk meanwhile, and what led
     *     to any of them; in any order
     * @param complete whether these are all
     * @return empty when the warning was not issued
     */
    static Optional<Story> of(String warningId, List<Traced> events, boolean complete, Instant now) {
        WarningStory story = new WarningStory(warningId, events);
        return story.told.stream()
                .filter(traced -> traced.recorded().event() instanceof WarningIssued issued
                        && issued.warningId().equals(warningId))
                .findFirst()
                .map(issued -> story.tell(issued, complete, now));
    }

    private Story tell(Traced issued, boolean complete, Instant now) {
        List<RecordedEvent> own =
                told.stream().map(Traced::recorded).filter(this::isOwn).toList();
        Instant onset = told.stream()
                .map(traced -> traced.recorded().event())
                .filter(AlarmRaised.class::isInstance)
                .map(event -> ((AlarmRaised) event).onset())
                .min(Comparator.naturalOrder())
                .orElse(null);
        WarningIssued first = (WarningIssued) issued.recorded().event();
        WarningProgress progress = WarningProgress.issued(first);
        for (RecordedEvent event : own) {
            progress = progress.after(event.event());
        }
        return new Story(
                warningId,
                first.enterpriseId(),
                progress.status(),
                onset,
                complete,
                new StoryPhases(told, own, issued, now).phases(),
                steps(onset));
    }

    private boolean isOwn(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case WarningEvent warning -> warning.warningId().equals(warningId);
            case FeedbackEvent feedback -> feedback.warningId().equals(warningId);
            default -> false;
        };
    }

    private List<Step> steps(@Nullable Instant onset) {
        List<Placed> placed = Stream.concat(recorded(), Stream.concat(readings(), thresholds()))
                .sorted(Comparator.comparing(Placed::at)
                        .thenComparing(each -> each.position() == null ? -1 : each.position()))
                .toList();
        List<Step> steps = new ArrayList<>();
        Instant previous = null;
        for (Placed each : placed) {
            steps.add(step(each, previous, onset));
            previous = each.at();
        }
        return steps;
    }

    /** Something in time, before the distances are known. */
    private record Placed(
            Instant at, @Nullable Long position, @Nullable Traced traced, StepTelling telling) {}

    /** In the order of positions, though the clock that gave a later one its time may have been a little behind. */
    private Stream<Placed> recorded() {
        List<Placed> placed = new ArrayList<>();
        Instant latest = Instant.MIN;
        for (Traced traced : told) {
            Instant at = traced.recorded().at();
            latest = at.isAfter(latest) ? at : latest;
            placed.add(new Placed(
                    latest,
                    traced.position(),
                    traced,
                    StepTelling.of(traced.recorded().event())));
        }
        return placed.stream();
    }

    private Stream<Placed> readings() {
        return told.stream()
                .flatMap(traced -> StepTelling.readings(traced.recorded()).stream())
                .map(telling -> new Placed(telling.from(), null, null, telling.telling()));
    }

    private Stream<Placed> thresholds() {
        return told.stream()
                .flatMap(traced -> traced.recorded().event() instanceof AlarmRaised raised
                        ? ThresholdInForce.of(traced.recorded(), raised, devices).stream()
                        : Stream.empty())
                .distinct()
                .map(threshold -> new Placed(
                        threshold.setBy().recorded().at(),
                        threshold.setBy().position(),
                        threshold.setBy(),
                        StepTelling.of(threshold)));
    }

    private Step step(Placed placed, @Nullable Instant previous, @Nullable Instant onset) {
        Traced traced = placed.traced();
        Traced cause = traced == null || traced.cause() == null ? null : byId.get(traced.cause());
        return new Step(
                placed.at(),
                placed.position(),
                placed.telling().kind(),
                traced == null ? null : traced.recorded().actor().wire(),
                placed.telling().text(),
                previous == null ? null : millis(previous, placed.at()),
                onset == null || placed.at().isBefore(onset) ? null : millis(onset, placed.at()),
                cause == null ? null : cause.position(),
                cause == null ? null : millis(cause.recorded().at(), placed.at()),
                placed.telling().details());
    }

    private static long millis(Instant from, Instant until) {
        return Duration.between(from, until).toMillis();
    }
}
