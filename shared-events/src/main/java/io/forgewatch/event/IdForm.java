package io.forgewatch.event;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the ids of one type are written.
 *
 * @param example one of them, for people
 * @param reading makes the id of the groups that the pattern found
 */
public record IdForm<T extends SubjectId>(
        Class<T> type, Pattern pattern, String example, Function<MatchResult, T> reading) {

    public IdForm(Class<T> type, String pattern, String example, Function<MatchResult, T> reading) {
        this(type, Pattern.compile(pattern), example, reading);
    }

    /** Empty for what is written otherwise, even where it could be read (leading zeros): one thing has one address. */
    public Optional<T> find(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches()
                ? Optional.of(reading.apply(matcher)).filter(id -> id.toString().equals(text))
                : Optional.empty();
    }

    public boolean isOne(String text) {
        return find(text).isPresent();
    }

    /** @throws IllegalArgumentException when it is not one */
    public T parse(String text) {
        T id = find(text).orElse(null);
        if (id == null) {
            // Not from a lambda: by the method that throws, readers of bodies know the caller's fault from ours.
            throw new IllegalArgumentException("Not an id such as " + example + ": " + text);
        }
        return id;
    }
}
