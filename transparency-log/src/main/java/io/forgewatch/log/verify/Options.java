package io.forgewatch.log.verify;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was asked for on the command line: pairs of a flag and its value. */
record Options(Map<String, String> values) {

    private static final Set<String> FLAGS =
            Set.of("--store", "--shipped", "--keys", "--proof", "--entry", "--payload", "--metadata");

    /** @throws IllegalArgumentException when a flag is unknown, given twice or without a value */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String flag = arguments.get(i);
            if (!FLAGS.contains(flag)) {
                throw new IllegalArgumentException("There is no flag '" + flag + "' / 没有此参数：" + flag);
            }
            if (i + 1 == arguments.size() || values.put(flag, arguments.get(i + 1)) != null) {
                throw new IllegalArgumentException(flag + " takes one value, once / 须有且只有一个值：" + flag);
            }
        }
        boolean oneEvent = values.containsKey("--proof");
        Set<String> foreign = oneEvent ? Set.of("--store") : Set.of("--entry", "--payload", "--metadata");
        foreign.stream().filter(values::containsKey).sorted().findFirst().ifPresent(flag -> {
            throw new IllegalArgumentException(flag
                    + (oneEvent ? " does not go with --proof / 不能与 --proof 同用" : " needs --proof / 须与 --proof 同用"));
        });
        return new Options(values);
    }

    boolean oneEvent() {
        return values.containsKey("--proof");
    }

    Optional<String> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    Optional<Path> path(String flag) {
        return value(flag).map(Path::of);
    }

    Path required(String flag) {
        return path(flag).orElseThrow(() -> new IllegalArgumentException(flag + " is needed / 缺少参数：" + flag));
    }
}
