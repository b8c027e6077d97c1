package io.forgewatch.query.projection;

import java.util.List;

/**
 * What a view is read from.
 *
 * @param histories of which it shows the last
 * @param passedOver whom the generation before it had parked, and from where on: it takes in their events
 */
public record Served(Generation generation, Histories histories, List<Parked> passedOver) {

    public Served {
        passedOver = List.copyOf(passedOver);
    }

    /** Without anything before it. */
    public static Served first(Generation generation) {
        return new Served(generation, Histories.ONE, List.of());
    }
}
