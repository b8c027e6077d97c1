package io.forgewatch.stack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench.json}: the newest figure of each name. */
final class BenchFile {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;

    BenchFile(Path file) {
        this.file = file;
    }

    List<Figure> figures() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return MAPPER.readValue(Files.readString(file), new TypeReference<List<Figure>>() {});
        } catch (JacksonException unreadable) {
            throw new IOException(
                    file + " is not what bench writes; move it away. " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    /** Puts figures in the place of those of the same name. */
    void merge(List<Figure> newer) throws IOException {
        Map<String, Figure> byName = new LinkedHashMap<>();
        figures().forEach(figure -> byName.put(figure.name(), figure));
        newer.forEach(figure -> byName.put(figure.name(), figure));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                part, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(List.copyOf(byName.values())));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
