package io.forgewatch.stack.trial;

import io.forgewatch.stack.Flag;
import io.forgewatch.stack.Flags;
import io.forgewatch.stack.UsageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a trial is made with: its usual settings, and in their place those that were given. */
final class TrialSettings {

    private static final String DASHES = "--";

    private final Map<String, String> values;

    private TrialSettings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads flags, as {@code --seconds 20} or {@code --seconds=20}.
     *
     * @throws UsageException for a flag that the trial has not, or without a value
     */
    static TrialSettings parse(Trial trial, List<String> flags) {
        Map<String, String> values = new HashMap<>();
        trial.settings().forEach(setting -> values.put(setting.name(), setting.usual()));
        List<Flag> known = trial.settings().stream()
                .map(setting -> new Flag(DASHES + setting.name(), true))
                .toList();
        Flags.parse("trial " + trial.name(), known, 0, flags)
                .values()
                .forEach((flag, value) -> values.put(flag.substring(DASHES.length()), value));
        return new TrialSettings(values);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No setting " + name);
        }
        return value;
    }

    /** @throws UsageException when it is no number from 1 on */
    int number(String name) {
        String value = text(name);
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new UsageException("--" + name + " must be a number from 1 on, not '" + value + "'.");
        }
        return Integer.parseInt(value);
    }

    /** A number of seconds. */
    Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }
}
