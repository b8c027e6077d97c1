package io.forgewatch.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code ./forgewatch help VERB} prints: the page of a verb, which is also where its flags stand. The shell reads the same
 * pages, so that it can refuse a flag before anything is built; those that take a value have one in angle brackets.
 */
public record HelpPage(String verb, String text) {

    /** The verbs with a page here; that of {@code verify} is with its program. */
    static final List<String> VERBS = List.of("run", "test", "bench", "trial", "openapi", "rebuild");

    private static final Pattern FLAG = Pattern.compile("^ +(--[a-z-]+)( <)?", Pattern.MULTILINE);

    static HelpPage overview() {
        return read("help");
    }

    /** The page of a verb, empty where there is no such verb. */
    public static Optional<HelpPage> of(String verb) {
        return VERBS.contains(verb) ? Optional.of(read(verb)) : Optional.empty();
    }

    /** The flags of the verb, in the page's order. */
    public List<Flag> flags() {
        return FLAG.matcher(text)
                .results()
                .map(found -> new Flag(found.group(1), found.group(2) != null))
                .distinct()
                .toList();
    }

    /** Whether the page is asked for in place of what the verb does. */
    static boolean isAskedFor(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    private static HelpPage read(String name) {
        try (InputStream page = HelpPage.class.getResourceAsStream("help/" + name + ".txt")) {
            if (page == null) {
                throw new IllegalStateException("No page " + name);
            }
            return new HelpPage(name, new String(page.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
