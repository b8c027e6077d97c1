package io.forgewatch.event.alarm;

import io.forgewatch.event.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of areas 区域 in English. A works names its areas itself, in one language and in words of the trade ({@code
 * area-words.json}); its Chinese names are told in English when every word of them is known, and else not at all: whoever
 * reads English is not helped by half a name, and the device or the area's code is told beside it.
 */
public final class AreaWords {

    private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF]");
    private static final Pattern OTHER = Pattern.compile("[^\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF]+");
    private static final Pattern NUMBERED = Pattern.compile("(\\d+)\\s*号");

    private static final AreaWords STANDARD = new AreaWords(load());

    private final Map<String, String> words;
    private final List<String> longestFirst;

    private AreaWords(Map<String, String> words) {
        this.words = Map.copyOf(words);
        this.longestFirst = words.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Those that we know. The first call reads them from a file: it is for whoever starts something, not for an event loop. */
    public static AreaWords standard() {
        return STANDARD;
    }

    private record Contents(Map<String, String> words) {}

    /** The name in English; as it is where it is not Chinese, empty where a word of it is not known. */
    public Optional<String> english(String area) {
        if (!CHINESE.matcher(area).find()) {
            return Optional.of(area);
        }
        List<String> told = new ArrayList<>();
        String rest = area.strip();
        while (!rest.isEmpty()) {
            Matcher numbered = NUMBERED.matcher(rest);
            Matcher other = OTHER.matcher(rest);
            String text = rest;
            Optional<String> word =
                    longestFirst.stream().filter(text::startsWith).findFirst();
            if (numbered.lookingAt()) {
                told.add("no. " + numbered.group(1));
                rest = rest.substring(numbered.end()).strip();
            } else if (other.lookingAt()) {
                told.add(other.group().strip());
                rest = rest.substring(other.end()).strip();
            } else if (word.isPresent()) {
                told.add(Objects.requireNonNull(words.get(word.get())));
                rest = rest.substring(word.get().length()).strip();
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(String.join(" ", told));
    }

    private static Map<String, String> load() {
        try (InputStream json =
                Objects.requireNonNull(AreaWords.class.getResourceAsStream("area-words.json"), "area-words.json")) {
            return EventJson.MAPPER.readValue(json, Contents.class).words();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
