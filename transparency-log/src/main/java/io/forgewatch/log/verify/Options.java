package io.forgewatch.log.verify;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was asked for on the command line: pairs of a flag and its value. */
record Options(Map<String, String> values) {

    static final List<String> FLAGS = List.of(
            "--store", "--shipped", "--keys", "--erased", "--event", "--proof", "--entry", "--payload", "--metadata");
    private static final List<String> STORE = List.of("--store", "--erased");
    private static final Pattern POSITIONS = Pattern.compile("[1-9][0-9]{0,17}(,[1-9][0-9]{0,17})*");
    private static final List<String> PARTS = List.of("--entry", "--metadata", "--payload");

    /** @throws IllegalArgumentException when a flag is unknown, given twice or without a value */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String[] argument = rest.next().split("=", 2);
            String flag = argument[0];
            if (!FLAGS.contains(flag)) {
                String known = String.join(", ", FLAGS);
                throw new IllegalArgumentException(
                        "'verify' has no flag '%1$s'. It has: %2$s. / 没有此参数：%1$s。可用参数：%2$s。".formatted(flag, known));
            }
            String value = argument.length == 2 ? argument[1] : rest.hasNext() ? rest.next() : "";
            // Another flag is no value of this one.
            if (value.isBlank() || FLAGS.contains(value) || values.put(flag, value) != null) {
                throw new IllegalArgumentException(flag + " takes one value, once / 须有且只有一个值：" + flag);
            }
        }
        Options options = new Options(values);
        options.refuseForeign();
        return options;
    }

    /** One event rather than a store. */
    boolean oneEvent() {
        return values.containsKey("--event") || values.containsKey("--proof");
    }

    private void refuseForeign() {
        if (values.containsKey("--event")) {
            refuse(List.of("--proof", "--entry", "--metadata", "--payload"), "--event");
            refuse(STORE, "--event");
        } else if (values.containsKey("--proof")) {
            refuse(STORE, "--proof");
        } else {
            first(PARTS).ifPresent(flag -> {
                throw new IllegalArgumentException(flag + " needs --proof / 须与 --proof 同用");
            });
        }
    }

    private void refuse(List<String> flags, String beside) {
        first(flags).ifPresent(flag -> {
            throw new IllegalArgumentException("%1$s does not go with %2$s / 不能与 %2$s 同用".formatted(flag, beside));
        });
    }

    private Optional<String> first(List<String> flags) {
        return flags.stream().filter(values::containsKey).findFirst();
    }

    Optional<String> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    Optional<Path> path(String flag) {
        return value(flag).map(Path::of);
    }

    /**
     * Positions of events whose payloads are known to have been erased.
     *
     * @throws IllegalArgumentException when they are not written as {@code 12,345}
     */
    Set<Long> erased() {
        return value("--erased").map(Options::positions).orElse(Set.of());
    }

    private static Set<Long> positions(String list) {
        if (!POSITIONS.matcher(list).matches()) {
            throw new IllegalArgumentException(
                    "--erased takes positions of events such as 12,345 / --erased 须为事件位置，如 12,345");
        }
        return Arrays.stream(list.split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    Path required(String flag) {
        return path(flag).orElseThrow(() -> new IllegalArgumentException(flag + " is needed / 缺少参数：" + flag));
    }
}
