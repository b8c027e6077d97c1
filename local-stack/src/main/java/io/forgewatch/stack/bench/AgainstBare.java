package io.forgewatch.stack.bench;

import java.util.List;

/** How long breaches took to the stream, beside what messages took through the bare chain meanwhile. */
record AgainstBare(Latencies ours, Latencies bare) {

    private static final String NAME = "main.breach-vs-bare";
    private static final String BARE = "main.breach-bare";
    private static final String AGAINST = "the bare chain";
    private static final double MOST_BARE_MILLIS = 60;
    private static final String MOST = "ratio<=2.0";

    /**
     * All of it.
     *
     * @throws UncountedException when the bare chain itself was so slow that a ratio to it says nothing
     */
    List<Figure> figures() throws UncountedException {
        List<Figure> figures = List.of(
                Figure.against(NAME + "-p50", ours.millis(50), "ms", AGAINST, bare.millis(50), MOST),
                Figure.against(NAME + "-p99", ours.millis(99), "ms", AGAINST, bare.millis(99), MOST),
                Figure.of(NAME + "-missing", ours.missing(), "warnings", "<=0"),
                Figure.of(BARE + "-p50", bare.millis(50), "ms", "<=" + Math.round(MOST_BARE_MILLIS)),
                Figure.of(BARE + "-p99", bare.millis(99), "ms", ""),
                Figure.of(BARE + "-missing", bare.missing(), "messages", "<=0"));
        if (bare.millis(50) > MOST_BARE_MILLIS) {
            throw new UncountedException(
                    "the bare chain's p50 is %.1f ms, and more than %.0f ms mean that the machine is busy with something else"
                            .formatted(bare.millis(50), MOST_BARE_MILLIS),
                    figures);
        }
        return figures;
    }
}
