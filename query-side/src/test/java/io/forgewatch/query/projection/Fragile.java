package io.forgewatch.query.projection;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which events an enterprise had; one that assesses a risk of {@value #BROKEN} breaks it at a chosen place. */
final class Fragile implements Fold<Fragile.Kept> {

    static final double BROKEN = 66;

    /** The key that the documents of a view must not share, where the store is told so. */
    static final String SERIAL = "serial";

    /** Where one event can break a view. */
    enum Place {
        IDS,
        FOLD,
        FOLD_WITHOUT_END,
        KEYS,
        CONTENT,
        ENCODING,
        SIZE,
        STORE
    }

    record Kept(
            String enterprise,
            List<Long> positions,
            boolean broken,
            @Nullable String text,
            Map<String, Integer> names,
            @Nullable Unwritable unwritable) {}

    record Unwritable() {
        @SuppressWarnings("unused") // asked by who writes it down
        public String getWhatFails() {
            throw new IllegalStateException("cannot be written down");
        }
    }

    private final Place place;

    Fragile(Place place) {
        this.place = place;
    }

    static boolean isBroken(DomainEvent event) {
        return event instanceof RiskAssessed assessed && assessed.index() == BROKEN;
    }

    @Override
    public Class<Kept> type() {
        return Kept.class;
    }

    @Override
    public List<String> ids(DomainEvent event) {
        fail(Place.IDS, isBroken(event));
        return List.of(String.valueOf(event.enterpriseId()));
    }

    @Override
    public Kept after(@Nullable Kept state, String id, RecordedEvent event) {
        boolean broken = isBroken(event.event());
        fail(Place.FOLD, broken);
        if (broken && place == Place.FOLD_WITHOUT_END) {
            return after(state, id, event);
        }
        List<Long> positions = new ArrayList<>(state == null ? List.of() : state.positions());
        positions.add(event.position());
        return new Kept(
                id,
                positions,
                broken,
                broken && place == Place.SIZE ? "x".repeat(17 * 1024 * 1024) : null,
                broken && place == Place.ENCODING ? Map.of("a\0b", 1) : Map.of(),
                broken && place == Place.CONTENT ? new Unwritable() : null);
    }

    @Override
    public Map<String, Object> keys(Kept state) {
        fail(Place.KEYS, state.broken());
        return Map.of(SERIAL, state.broken() && place == Place.STORE ? "taken" : state.enterprise());
    }

    private void fail(Place at, boolean broken) {
        if (broken && place == at) {
            throw new IllegalStateException("broken at " + at);
        }
    }
}
