package io.forgewatch.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One document of a YAML file.
 *
 * @param file where it stands
 * @param tree what it says; a key that stands there twice was refused
 */
record Manifest(Path file, ObjectNode tree) {

    /** This module's folder: tests run in it. */
    static final Path HERE = Path.of("").toAbsolutePath();

    static final Path BASE = HERE.resolve("base");

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /** All of the base, in the order that its kustomization names, without the kustomization itself. */
    static List<Manifest> ofBase() {
        return Kustomization.ofBase().resources().stream()
                .map(BASE::resolve)
                .flatMap(file -> in(file).stream())
                .toList();
    }

    static List<Manifest> in(Path file) {
        try {
            return parse(file, text(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readString(file);
        }
        try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @throws tools.jackson.core.JacksonException when it is no YAML, or has a key twice */
    static List<Manifest> parse(Path file, String text) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll().stream()
                    .filter(document -> !document.isNull())
                    .map(document -> new Manifest(file, (ObjectNode) document))
                    .toList();
        }
    }

    static Stream<Path> filesIn(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String apiVersion() {
        return tree.path("apiVersion").asString("");
    }

    String kind() {
        return tree.path("kind").asString("");
    }

    String name() {
        return tree.path("metadata").path("name").asString("");
    }

    @Override
    public String toString() {
        return file.getFileName() + ": " + kind() + " " + name();
    }
}
