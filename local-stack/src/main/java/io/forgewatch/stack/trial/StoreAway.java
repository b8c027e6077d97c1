package io.forgewatch.stack.trial;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.StackPort;
import io.forgewatch.stack.UsageException;
import java.util.List;
import java.util.Map;

/** The event store is away while fifty values return: in one round it hangs, in another it refuses connections. */
final class StoreAway implements Trial {

    private static final String FROZEN = "frozen";
    private static final String REFUSING = "refusing";

    @Override
    public String name() {
        return "store-away";
    }

    @Override
    public String sentence() {
        return "The event store hangs, then refuses connections, while fifty values return; every alarm must end all the same.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("seconds", "300", "how long the store is away in each round"),
                new Setting("points", "50", "how many are in alarm"),
                new Setting("rounds", FROZEN + "," + REFUSING, "how it is away"),
                new Setting("patience", "180", "seconds until alarms must have ended"),
                new Setting(
                        "cached",
                        "1",
                        "bytes of states of entities in memory; so few that none is, as after a restart, is the worse case"));
    }

    @Override
    public TrialReport make(StackOptions beside, TrialSettings set, Progress progress) throws Exception {
        List<String> rounds = rounds(set.text("rounds"));
        TrialReport.Notes notes = new TrialReport.Notes();
        try (TrialStack stack = TrialStack.in(beside, name(), progress);
                StoreProxy proxy = StoreProxy.before(stack.port(StackPort.POSTGRES));
                AlarmWatch watch = new AlarmWatch(stack)) {
            stack.start(usual -> Map.of(
                    "forgewatch.postgres.url",
                    String.valueOf(usual.get("forgewatch.postgres.url"))
                            .replace(":" + stack.port(StackPort.POSTGRES) + "/", ":" + proxy.port() + "/"),
                    "forgewatch.axon.cached-bytes",
                    set.number("cached")));
            try (TrialCountry country =
                    TrialCountry.register(stack, set.number("points"), TrialPoint.KINDS, progress)) {
                AlarmsInTrouble alarms = new AlarmsInTrouble(country, watch, notes, progress);
                for (String round : rounds) {
                    alarms.begin();
                    if (round.equals(FROZEN)) {
                        proxy.freeze();
                    } else {
                        proxy.refuse();
                    }
                    String away = "the store is away (" + round + ")";
                    alarms.returnMeanwhile(away, set.seconds("seconds"));
                    proxy.pass();
                    alarms.mustEnd(away, set.seconds("patience"));
                }
            }
        }
        return notes.report();
    }

    private static List<String> rounds(String text) {
        List<String> rounds = List.of(text.split(","));
        if (!List.of(FROZEN, REFUSING).containsAll(rounds)) {
            throw new UsageException("--rounds is " + FROZEN + ", " + REFUSING + " or both, not '" + text + "'.");
        }
        return rounds;
    }
}
