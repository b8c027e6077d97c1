package io.forgewatch.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A manifest with one field misspelt.
 *
 * @param path which one
 */
record Misspelling(String path, Manifest manifest) {

    /** Under these any name may stand: labels, amounts, and the settings that an operator hands on as they are. */
    private static final Set<String> FREE = Set.of(
            "labels",
            "matchLabels",
            "annotations",
            "requests",
            "limits",
            "parameters",
            "config",
            "additionalMongodConfig");

    /** All of it is handed on, whatever it is. */
    private static final Set<String> HANDED_ON = Set.of("statefulSet.spec");

    static List<Misspelling> allOf(Manifest manifest) {
        List<Misspelling> all = new ArrayList<>();
        walk(manifest, "", manifest.tree(), "", all);
        return all;
    }

    /** The documents of a file after one piece of its text was put in place of another. */
    static List<Manifest> changed(Path file, String good, String bad) {
        try {
            String text = Files.readString(file);
            return text.contains(good) ? Manifest.parse(file, text.replace(good, bad)) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void walk(Manifest whole, String pointer, JsonNode node, String path, List<Misspelling> all) {
        if (HANDED_ON.stream().anyMatch(path::endsWith)) {
            return;
        }
        if (node.isArray()) {
            for (int at = 0; at < node.size(); at++) {
                walk(whole, pointer + "/" + at, node.get(at), path + "[" + at + "]", all);
            }
        }
        if (node.isObject()) {
            // What a service selects by are labels.
            boolean free = FREE.contains(path.substring(path.lastIndexOf('.') + 1))
                    || (whole.kind().equals("Service") && path.equals(".spec.selector"));
            node.properties().forEach(field -> {
                String there = path + "." + field.getKey();
                if (!free) {
                    all.add(misspelt(whole, pointer, field.getKey(), there));
                    walk(whole, pointer + "/" + field.getKey(), field.getValue(), there, all);
                }
            });
        }
    }

    private static Misspelling misspelt(Manifest whole, String pointer, String field, String path) {
        ObjectNode tree = whole.tree().deepCopy();
        ObjectNode parent = (ObjectNode) tree.at(pointer);
        JsonNode value = parent.remove(field);
        parent.set(field + "s", value);
        return new Misspelling(path, new Manifest(whole.file(), tree));
    }
}
