package io.forgewatch.stack.trial;

import io.forgewatch.stack.Progress;
import io.forgewatch.stack.StackOptions;
import io.forgewatch.stack.UsageException;
import java.util.List;
import java.util.stream.Collectors;

/** Makes trials by their names and prints what they found. */
public final class TrialRun {

    static final List<Trial> ALL = List.of(
            new StoreAway(),
            new KafkaAway(),
            new GateClosed(),
            new CutCable(),
            new Twins(),
            new CutOff(),
            new Connections(),
            new Storm());

    private TrialRun() {}

    /**
     * Makes one trial; without a name, tells which there are.
     *
     * @param arguments a name and its settings, or none
     * @param beside in whose folder the trial's own is made
     * @return 0 when all held, else 1
     * @throws UsageException when there is no trial of that name, or no such setting
     */
    public static int of(List<String> arguments, StackOptions beside, Progress progress) throws Exception {
        return of(ALL, arguments, beside, progress);
    }

    static int of(List<Trial> all, List<String> arguments, StackOptions beside, Progress progress) throws Exception {
        if (arguments.isEmpty()) {
            progress.page(list(all));
            return 0;
        }
        String wanted = arguments.getFirst();
        Trial trial = all.stream()
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UsageException("There is no trial '" + wanted + "'.\n" + list(all)));
        TrialSettings settings = TrialSettings.parse(trial, arguments.subList(1, arguments.size()));
        progress.tell(trial.name() + ": " + trial.sentence());
        TrialReport report = trial.make(beside, settings, progress);
        progress.page(report.text(trial.name()));
        return report.held() ? 0 : 1;
    }

    /** As the page of the verb has it too. */
    static String list(List<Trial> all) {
        return all.stream().map(TrialRun::described).collect(Collectors.joining("\n", "Trials:\n", ""));
    }

    private static String described(Trial trial) {
        return trial.settings().stream()
                .map(setting -> "      --%-20s %s (%s)"
                        .formatted(setting.name() + " <value>", setting.sentence(), setting.usual()))
                .collect(Collectors.joining("\n", "  " + trial.name() + "\n    " + trial.sentence() + "\n", ""));
    }
}
