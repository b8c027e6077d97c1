package io.forgewatch.stack.trial;

import io.forgewatch.stack.UsageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What a trial is made with: its usual settings, and in their place those that were given. */
final class TrialSettings {

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
        Iterator<String> rest = flags.iterator();
        while (rest.hasNext()) {
            String[] flag = rest.next().split("=", 2);
            String name = flag[0].startsWith("--") ? flag[0].substring(2) : "";
            if (!values.containsKey(name)) {
                throw new UsageException("The trial " + trial.name() + " has no setting " + flag[0] + ". It has: "
                        + String.join(
                                ", ",
                                trial.settings().stream()
                                        .map(setting -> "--" + setting.name())
                                        .toList())
                        + ".");
            }
            if (flag.length == 1 && !rest.hasNext()) {
                throw new UsageException(flag[0] + " needs a value.");
            }
            values.put(name, flag.length == 2 ? flag[1] : rest.next());
        }
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
