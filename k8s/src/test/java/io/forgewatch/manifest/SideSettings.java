package io.forgewatch.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What one side's code and files say of its settings.
 *
 * @param read each property that its code reads, and whether it must be given since neither code nor file has a value
 * @param filed the values of its files, such as {@code server.port}
 */
record SideSettings(Map<String, Boolean> read, Map<String, String> filed) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(forgewatch\\.[a-z0-9.-]+)(:)?");

    static SideSettings of(String side) {
        Path root = Manifest.HERE.getParent();
        Map<String, String> filed = new HashMap<>();
        // The side's own file comes after the shared one.
        Manifest.in(root.resolve("shared-web/src/main/resources/web-edge.yaml"))
                .forEach(file -> flatten(file.tree(), "", filed));
        Manifest.in(root.resolve(side + "/src/main/resources/" + side + ".yaml"))
                .forEach(file -> flatten(file.tree(), "", filed));
        Map<String, Boolean> read = new TreeMap<>();
        Stream.of("shared-web", side)
                .map(module -> root.resolve(module + "/src/main/java"))
                .flatMap(sources -> Manifest.filesIn(sources, ".java"))
                .map(SideSettings::text)
                .map(PLACEHOLDER::matcher)
                .flatMap(Matcher::results)
                .forEach(found -> read.merge(
                        found.group(1),
                        found.group(2) == null && !filed.containsKey(found.group(1)),
                        Boolean::logicalOr));
        return new SideSettings(Map.copyOf(read), Map.copyOf(filed));
    }

    /** As Spring looks for it in the environment. */
    static String environmentName(String property) {
        return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** As a placeholder of ours is looked for: Spring takes an underscore for a hyphen there. */
    static String placeholderName(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Names in the environment that change something. */
    Set<String> environmentNames() {
        return Stream.concat(
                        read.keySet().stream().map(SideSettings::placeholderName),
                        filed.keySet().stream().map(SideSettings::environmentName))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names that must be there, or the side does not start. */
    Set<String> required() {
        return read.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(property -> placeholderName(property.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Optional<String> filed(String property) {
        return Optional.ofNullable(filed.get(property));
    }

    private static void flatten(JsonNode node, String path, Map<String, String> flat) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), flat));
        } else {
            flat.put(path, node.asString(""));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
