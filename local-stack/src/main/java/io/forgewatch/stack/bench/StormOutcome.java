package io.forgewatch.stack.bench;

import java.util.List;

/**
 * What a storm in one works did to the others, and to its own people.
 *
 * @param before of breaches in the others, from the end of the delay to the stream
 * @param during the same while it lasted
 * @param pushes on the stream of the works that storms
 * @param alarms that it raised
 * @param spread seconds from the first of them to the last
 */
record StormOutcome(Latencies before, Latencies during, int pushes, long alarms, double spread) {

    private static final String NAME = "main.breach-in-storm";
    private static final double ENOUGH = 0.95;

    List<Figure> figures(StormSize size) {
        return List.of(
                Figure.against(NAME, during.millis(90), "ms, p90", "before the storm", before.millis(90), "ratio<=1.5"),
                Figure.of(NAME + "-before", before.millis(90), "ms, p90", ""),
                Figure.of(NAME + "-p50", during.millis(50), "ms", ""),
                Figure.of(NAME + "-max", during.millis(100), "ms", "<=3000"),
                Figure.of(NAME + "-missing", before.missing() + during.missing(), "warnings", "<=0"),
                Figure.of(NAME + "-pushes", pushes, "pushes", "<=40"),
                // Who is told nothing is not called too often either.
                Figure.of(NAME + "-told", pushes, "pushes", ">=1"),
                Figure.of(
                        NAME + "-alarms", alarms, "alarms", ">=" + Math.round(size.alarms() * size.seconds() * ENOUGH)),
                Figure.of(NAME + "-rate", alarms / spread, "alarms/s", ">=" + Math.round(size.alarms() * ENOUGH)));
    }
}
