package io.forgewatch.stack;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What stands behind a verb: names, and flags as {@code --seconds 20} or {@code --seconds=20}.
 *
 * @param values by flag; of one that takes none, nothing
 */
public record Flags(List<String> names, Map<String, String> values) {

    public Flags {
        names = List.copyOf(names);
        values = Map.copyOf(values);
    }

    /**
     * @param verb for what is told
     * @param known all that it has
     * @param mostNames how many arguments without dashes it takes
     * @throws UsageException for a flag that the verb has not, that lacks its value or has one that it does not take, and for a name
     *     too many
     */
    public static Flags parse(String verb, List<Flag> known, int mostNames, List<String> arguments) {
        List<String> names = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.startsWith("-")) {
                Flag flag = known(verb, known, argument.split("=", 2)[0]);
                values.put(flag.name(), value(flag, argument, rest));
            } else if (names.size() < mostNames) {
                names.add(argument);
            } else {
                throw new UsageException("'" + verb + "' takes no '" + argument + "'. './forgewatch help " + page(verb)
                        + "' says what it takes.");
            }
        }
        return new Flags(names, values);
    }

    /** By the flags of the verb's {@linkplain HelpPage page}. */
    public static Flags parse(String verb, int mostNames, List<String> arguments) {
        return parse(verb, HelpPage.of(verb).orElseThrow().flags(), mostNames, arguments);
    }

    public boolean has(String flag) {
        return values.containsKey(flag);
    }

    public Optional<String> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    private static Flag known(String verb, List<Flag> known, String name) {
        return known.stream()
                .filter(flag -> flag.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String all = known.stream().map(Flag::name).collect(Collectors.joining(", "));
                    return new UsageException(
                            "'" + verb + "' has no flag " + name + ". It has: " + (all.isEmpty() ? "none" : all)
                                    + ". './forgewatch help " + page(verb) + "' tells of them.");
                });
    }

    private static String value(Flag flag, String argument, Iterator<String> rest) {
        int equals = argument.indexOf('=');
        if (!flag.takesValue()) {
            if (equals >= 0) {
                throw new UsageException(flag.name() + " takes no value, so '" + argument + "' is not clear.");
            }
            return "";
        }
        String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
        // Another flag is no value: '--home --fresh' would keep everything in a folder of that name.
        if (value.isBlank() || equals < 0 && value.startsWith("--")) {
            throw new UsageException(flag.name() + " needs a value, as in " + flag.name() + " VALUE.");
        }
        return value;
    }

    private static String page(String verb) {
        return verb.split(" ", 2)[0];
    }
}
