package io.forgewatch.command;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what lies beside the repository in {@code shared}; a test that needs it is skipped, and says so, where it is not there. */
public final class Shared {

    private Shared() {}

    public static JsonNode vectors(String name) {
        return JsonMapper.shared().readTree(text("domain/vectors/" + name));
    }

    /** The lines of a file, such as {@code domain/indicators.csv}. */
    public static List<String> lines(String name) {
        return text(name).lines().toList();
    }

    private static String text(String name) {
        Path file = folder().resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is not there (FORGEWATCH_SHARED names the folder)");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String named = System.getenv("FORGEWATCH_SHARED");
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/domain"))) {
                return at.resolve("shared");
            }
        }
        return Path.of("shared");
    }
}
