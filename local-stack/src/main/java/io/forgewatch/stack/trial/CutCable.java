package io.forgewatch.stack.trial;

import io.forgewatch.stack.Patience;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An alarm, one good reading, and then a cable that is cut: silence clears nothing. */
final class CutCable implements Trial {

    private static final String CLEARED = "CLEARED";

    @Override
    public String name() {
        return "cut-cable";
    }

    @Override
    public String sentence() {
        return "An alarm of severity B, one good reading, then silence: it must stay, and end once good readings come again.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("seconds", "100", "how long the silence is looked at"),
                new Setting("patience", "180", "seconds until it must have ended after the cable is mended"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), progress);
                AlarmWatch watch = new AlarmWatch(stack)) {
            stack.start(usual -> Map.of());
            try (TrialCountry country = TrialCountry.register(stack, 1, List.of(TrialPoint.STAVE), progress)) {
                AlarmsInTrouble alarms = new AlarmsInTrouble(country, watch, notes, progress);
                alarms.begin();
                country.become(TrialCountry.Health.SILENT);
                country.oneGoodReading();
                progress.tell("One good reading, and silence for " + set.number("seconds") + " s");
                Set<String> seen = statuses(country, watch, set.seconds("seconds"), progress);
                notes.add(
                        "one good reading and silence clear nothing",
                        String.join(", then ", seen),
                        !seen.contains(CLEARED));
                notes.add("nor is the value said to be back", String.join(", then ", seen), !seen.contains("RETURNED"));
                country.become(TrialCountry.Health.GOOD);
                alarms.mustEnd("the cable was cut", set.seconds("patience"));
            }
        }
        return notes.report();
    }

    /** Every status that its alarm has in that time, in their order. */
    private static Set<String> statuses(TrialCountry country, AlarmWatch watch, Duration time, Progress progress)
            throws Exception {
        Set<String> seen = new LinkedHashSet<>();
        boolean cleared = Patience.until(time, () -> {
            seen.addAll(watch.statuses(country.points()).values());
            return seen.contains(CLEARED);
        });
        progress.tell(cleared ? "It was cleared" : "It was not cleared");
        return seen;
    }
}
