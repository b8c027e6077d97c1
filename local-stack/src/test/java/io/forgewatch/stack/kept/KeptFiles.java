package io.forgewatch.stack.kept;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The files of one kept store: lines of JSON, packed, and small descriptions in the open. */
final class KeptFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Path folder;

    KeptFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes {@code name.jsonl.gz}. */
    void lines(String name, List<String> lines) throws IOException {
        Path file = folder.resolve(name + ".jsonl.gz");
        Files.createDirectories(file.getParent());
        try (OutputStream out = new Hard(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Writes {@code name.json}. */
    void json(String name, Object content) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".json"), MAPPER.writeValueAsString(content) + "\n");
    }

    /** Copies a script of the release as it is. */
    void script(String name, String resource) throws IOException {
        Files.createDirectories(folder);
        try (var in = KeptFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("The release has no " + resource);
            }
            Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    long bytes() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static final class Hard extends GZIPOutputStream {
        Hard(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
