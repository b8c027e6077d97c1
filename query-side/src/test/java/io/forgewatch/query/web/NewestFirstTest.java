package io.forgewatch.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.query.given.Store;
import io.forgewatch.query.projection.Changed;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Reads;
import io.forgewatch.query.projection.Serving;
import io.forgewatch.query.projection.Shape;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Page by page everything comes once, whatever stands at the same order. */
class NewestFirstTest {

    private static final ViewName VIEW = new ViewName("things", 1);
    private static final String WORKS = "GT3702110001";
    private static final Caller NATION = new Caller("ministry", Role.MINISTRY, new Jurisdiction.Nation(), Instant.MAX);

    private record Thing(String id, long order) {}

    private static final class ThingShape implements Shape<Thing> {
        @Override
        public Class<Thing> type() {
            return Thing.class;
        }

        @Override
        public Map<String, Object> keys(Thing thing) {
            Map<String, Object> keys = new HashMap<>(Region.keys(WORKS));
            keys.put(Order.FIELD, thing.order());
            return keys;
        }
    }

    private static NewestFirst<Thing> list(Store store, List<Thing> things) {
        Documents<Thing> documents = new Documents<>(store.database(), "things_v1", new ThingShape());
        documents
                .write(things.stream()
                        .map(thing -> new Changed<>(new Held<>(thing.id(), 1, thing), 0))
                        .toList())
                .block();
        return new NewestFirst<>(new View<>(
                Reads.of(store.database()), VIEW, new ThingShape(), Serving.version(VIEW.name(), VIEW.version())));
    }

    private static Page<Thing> page(NewestFirst<Thing> list, int limit, @Nullable String cursor) {
        Map<String, List<String>> asked = new HashMap<>(Map.of("limit", List.of(Integer.toString(limit))));
        if (cursor != null) {
            asked.put("cursor", List.of(cursor));
        }
        return list.page(NATION, ListParameters.of("/things", asked, List.of()), List.of())
                .block();
    }

    private static List<Thing> all(NewestFirst<Thing> list, int limit) {
        List<Thing> told = new ArrayList<>();
        String next = null;
        do {
            Page<Thing> page = page(list, limit, next);
            told.addAll(page.items());
            next = page.next();
        } while (next != null && told.size() < 1_000);
        return told;
    }

    @Property(tries = 40)
    void given_any_things_of_whatever_orders_when_read_page_by_page_then_each_comes_once_newest_first(
            @ForAll @Size(max = 10) List<@IntRange(min = 1, max = 6) Integer> orders,
            @ForAll @IntRange(min = 1, max = 4) int limit) {
        List<Thing> things = IntStream.range(0, orders.size())
                .mapToObj(i -> new Thing("t" + i, orders.get(i)))
                .filter(thing -> IntStream.range(0, orders.size())
                                .filter(i -> orders.get(i) == thing.order())
                                .count()
                        <= 5)
                .toList();
        try (Store store = new Store()) {
            List<Thing> told = all(list(store, things), limit);

            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(things)
                    .isSortedAccordingTo(Comparator.comparingLong(Thing::order).reversed());
        }
    }

    @Test
    void given_more_of_one_order_than_a_cursor_names_when_read_one_by_one_then_it_comes_to_an_end_all_the_same() {
        List<Thing> things = IntStream.range(0, 12)
                .mapToObj(i -> new Thing("t" + i, i < 10 ? 5 : 3))
                .toList();
        try (Store store = new Store()) {
            assertThat(all(list(store, things), 1))
                    .doesNotHaveDuplicates()
                    .contains(new Thing("t10", 3), new Thing("t11", 3));
        }
    }

    @Test
    void given_a_cursor_of_the_last_release_when_read_on_then_it_goes_on_behind_that_order() {
        List<Thing> things = List.of(new Thing("a", 3), new Thing("b", 2), new Thing("c", 1));
        try (Store store = new Store()) {
            assertThat(page(list(store, things), 5, "AQABMg").items()).containsExactly(new Thing("c", 1));
        }
    }
}
