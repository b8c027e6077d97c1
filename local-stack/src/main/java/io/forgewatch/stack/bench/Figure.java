package io.forgewatch.stack.bench;

import org.jspecify.annotations.Nullable;

/**
 * One figure of a benchmark, as bench.json keeps it.
 *
 * @param name group, dot, what is measured, such as {@code main.ingest-rate}
 * @param unit such as {@code readings/s} or {@code ms}
 * @param against what it is compared with, or null
 * @param ratio of the value to that of {@code against}, or null
 * @param goal such as {@code >=100000}, {@code ratio>=1.0} or {@code <=500}; empty for none
 * @param met whether the goal is reached; true without one
 */
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable String against,
        @Nullable Double ratio,
        String goal,
        boolean met) {

    /** A figure that is compared with nothing. */
    public static Figure of(String name, double value, String unit, String goal) {
        return new Figure(name, value, unit, null, null, goal, Goal.parse(goal).isMet(value, null));
    }

    /** A figure beside another one: {@code ratio} is {@code value / reference}. */
    public static Figure against(
            String name, double value, String unit, String against, double reference, String goal) {
        double ratio = value / reference;
        return new Figure(
                name, value, unit, against, ratio, goal, Goal.parse(goal).isMet(value, ratio));
    }
}
