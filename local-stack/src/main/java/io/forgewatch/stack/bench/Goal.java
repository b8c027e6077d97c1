package io.forgewatch.stack.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a figure must reach.
 *
 * @param ofRatio whether the ratio is judged and not the value
 * @param atLeast whether more is better
 */
record Goal(boolean none, boolean ofRatio, boolean atLeast, double bound) {

    private static final Pattern FORM = Pattern.compile("(ratio)?(>=|<=)(\\d+(?:\\.\\d+)?)");

    /** @throws IllegalArgumentException when it is none of {@code >=n}, {@code <=n}, {@code ratio>=n}, {@code ratio<=n}, empty */
    static Goal parse(String text) {
        if (text.isEmpty()) {
            return new Goal(true, false, true, 0);
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a goal: " + text);
        }
        return new Goal(
                false, matcher.group(1) != null, matcher.group(2).equals(">="), Double.parseDouble(matcher.group(3)));
    }

    boolean isMet(double value, @Nullable Double ratio) {
        if (none) {
            return true;
        }
        double judged = value;
        if (ofRatio) {
            if (ratio == null) {
                return false;
            }
            judged = ratio;
        }
        // Not a number reaches nothing.
        return atLeast ? judged >= bound : judged <= bound;
    }
}
