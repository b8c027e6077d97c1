package io.forgewatch.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Every code that a problem can have, and what it means: read once from {@code problems.json}. */
public final class ProblemCatalogue {

    private static final String RESOURCE = "/io/forgewatch/web/problems.json";

    private final Map<String, Entry> entries;

    /**
     * @param code in kebab case
     * @param status the HTTP status it comes with; 202 for a code that names a refused reading inside an accepted frame
     * @param title a short name
     * @param meaning what happened
     * @param action what the caller can do
     */
    public record Entry(String code, int status, Text title, Text meaning, Text action) {}

    /** The same in Chinese and English. */
    public record Text(String zh, String en) {}

    private ProblemCatalogue(List<Entry> entries) {
        this.entries = entries.stream().collect(Collectors.toUnmodifiableMap(Entry::code, Function.identity()));
    }

    public static ProblemCatalogue read() {
        try (InputStream resource = ProblemCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new ProblemCatalogue(JsonMapper.shared().readValue(resource, new TypeReference<List<Entry>>() {}));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public Optional<Entry> entry(String code) {
        return Optional.ofNullable(entries.get(code));
    }

    public Set<String> codes() {
        return new TreeSet<>(entries.keySet());
    }

    /** In both languages; for a code that is not in the catalogue, what HTTP calls the status. */
    String title(String code, int status) {
        return entry(code)
                .map(entry -> entry.title().en() + " " + entry.title().zh())
                .orElseGet(() -> {
                    HttpStatus known = HttpStatus.resolve(status);
                    return known == null ? "Error" : known.getReasonPhrase();
                });
    }
}
