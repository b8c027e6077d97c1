package io.forgewatch.query.given;

import io.forgewatch.query.projection.Progress;
import io.forgewatch.query.projection.ViewDefinition;
import java.util.List;
import java.util.function.Consumer;

/** Every view of this side, as its room defines it, over a store. */
public final class Views {

    private Views() {}

    public static void of(Store store, Consumer<List<ViewDefinition>> work) {
        try (Rooms rooms = new Rooms(store.database(), new Progress())) {
            work.accept(rooms.views());
        }
    }
}
