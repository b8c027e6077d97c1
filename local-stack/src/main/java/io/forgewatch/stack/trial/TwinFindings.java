package io.forgewatch.stack.trial;

import io.forgewatch.query.projection.Place;
import io.forgewatch.stack.Patience;
import io.forgewatch.stack.RunFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of two instances of each side, whatever was done to them. */
final class TwinFindings {

    private TwinFindings() {}

    static void mustBeCounted(CountersCheck counters, Duration patience, TrialReport.Notes notes) throws Exception {
        Map<String, String> wrong = counters.differences(patience);
        notes.add(
                "every jurisdiction's counters are what a fold of the events says",
                wrong.isEmpty() ? "all are" : wrong.toString(),
                wrong.isEmpty());
    }

    static void mustBeOneAlarmEach(RunFile run, List<TrialCountry> all, TrialReport.Notes notes) throws Exception {
        Set<String> planted =
                all.stream().flatMap(group -> group.points().stream()).collect(Collectors.toSet());
        List<String> raised = FoldedEvents.of(run).raised();
        notes.add(
                "every breach planted is one alarm",
                planted.size() + " planted, " + raised.size() + " alarms",
                raised.size() == planted.size() && planted.equals(Set.copyOf(raised)));
    }

    /** What was told as it happened is what is stored, each once and in order, and nothing that was issued is missing. */
    static void mustBeWhole(
            RunFile run,
            RunFile.Instance other,
            String token,
            StreamWatch others,
            Duration patience,
            TrialReport.Notes notes)
            throws Exception {
        try (StreamWatch stored = StreamWatch.open(other.url(), token, StreamWatch.BEGINNING)) {
            boolean same = Patience.until(patience, () -> others.ids().equals(stored.ids()));
            List<Place> ids = others.ids();
            List<Long> positions = others.positions();
            boolean rising = ids.equals(ids.stream().sorted().distinct().toList());
            List<Long> missing = FoldedEvents.of(run).issued().stream()
                    .filter(position -> !positions.contains(position))
                    .toList();
            notes.add(
                    "the other's stream told each stored warning once and in order, and every one that was issued",
                    "%d told, %d stored%s%s"
                            .formatted(
                                    ids.size(),
                                    stored.ids().size(),
                                    rising ? "" : ", out of order or twice",
                                    missing.isEmpty() ? "" : ", missing " + missing),
                    same && rising && missing.isEmpty() && others.ended().isEmpty());
        }
    }
}
