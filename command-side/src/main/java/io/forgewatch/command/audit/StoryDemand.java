package io.forgewatch.command.audit;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.WarningEvent.WarningIssued;
import io.forgewatch.event.warning.WarningProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One demand 要求 of a warning, and since when it has what it asks for. A newer one contains it: what meets that meets it; so a
 * deadline that it missed stays missed, whatever the newer one states.
 *
 * @param given since when each thing is there; what was sent back is not
 */
record StoryDemand(int number, Instant from, Deadlines deadlines, Map<DeadlineKind, Instant> given) {

    StoryDemand {
        given = Collections.unmodifiableMap(new EnumMap<>(given));
    }

    /** @param own events of the warning and its answers, in order */
    static List<StoryDemand> of(List<RecordedEvent> own) {
        List<StoryDemand> demands = new ArrayList<>();
        WarningProgress progress = null;
        for (RecordedEvent event : own) {
            WarningProgress before = progress;
            progress = event.event() instanceof WarningIssued first
                    ? WarningProgress.issued(first)
                    : before == null ? null : before.after(event.event());
            if (progress == null) {
                continue;
            }
            int newest = progress.demand().number();
            if (before == null || before.demand().number() != newest) {
                demands.add(new StoryDemand(
                        newest, event.at(), progress.demand().deadlines(), new EnumMap<>(DeadlineKind.class)));
            } else {
                WarningProgress now = progress;
                demands.replaceAll(demand -> demand.after(before, now, event.at()));
            }
        }
        return demands;
    }

    /** What was there before a newer demand was made stays; all else goes with the newest. */
    private StoryDemand after(WarningProgress before, WarningProgress now, Instant at) {
        Map<DeadlineKind, Instant> known = new EnumMap<>(DeadlineKind.class);
        known.putAll(given);
        for (DeadlineKind kind : DeadlineKind.values()) {
            boolean owed = now.demand().owes(kind);
            if (owed && !before.demand().owes(kind)) {
                // Sent back: only where it was given to the newest, together with that.
                known.computeIfPresent(
                        kind, (thing, since) -> since.isBefore(now.demand().issuedAt()) ? since : null);
            } else if (!owed) {
                known.putIfAbsent(kind, at);
            }
        }
        return new StoryDemand(number, from, deadlines, known);
    }
}
