package io.forgewatch.stack.document;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which way through an index is taken: the answers' rightness is shown elsewhere, here that they are not got by scanning. */
class WalkTest {

    private final Ordered byEnterpriseAndTime = index("enterprise", true, "at", false, "_id", false);

    @Test
    void given_a_guarded_filter_when_read_then_the_id_is_found_in_it_however_it_is_written() {
        Document guard = new Document("position", new Document("$lt", 7));
        assertThat(Conditions.of(new Document("_id", "A1").append("position", guard.get("position")))
                        .id())
                .contains(new Document("_id", "A1"));
        assertThat(Conditions.of(new Document("$and", List.of(new Document("_id", new Document("$eq", "A1")), guard)))
                        .id())
                .contains(new Document("_id", "A1"));
        assertThat(Conditions.of(guard).id()).isEmpty();
        assertThat(Conditions.of(new Document("_id", new Document("$gt", "A1"))).id())
                .isEmpty();
    }

    @Test
    void given_a_prefix_a_range_and_the_order_of_the_index_when_walked_then_one_may_stop_early() {
        Document filter = new Document("enterprise", "E1").append("at", new Document("$lt", 100));
        Walk walk = walk(filter, new Document("at", -1).append("_id", -1));
        assertThat(walk.equalities()).isEqualTo(1);
        assertThat(walk.ranged()).isTrue();
        assertThat(walk.sorted()).isTrue();
        assertThat(walk.backwards()).isFalse();
        assertThat(walk.keys().limit(3)).containsExactly(0, 1, 2);
    }

    @Test
    void given_the_opposite_order_when_walked_then_it_goes_backwards() {
        assertThat(walk(new Document("enterprise", "E1"), new Document("at", 1)).backwards())
                .isTrue();
    }

    @Test
    void given_an_order_that_the_index_has_not_when_walked_then_it_only_narrows() {
        Walk walk = walk(new Document("enterprise", "E1"), new Document("severity", 1));
        assertThat(walk.sorted()).isFalse();
        assertThat(walk.worth(true)).isPositive();
        assertThat(walk(new Document("severity", "A"), new Document("severity", 1))
                        .worth(false))
                .isZero();
    }

    private Walk walk(Document filter, Document sort) {
        return Walk.through(byEnterpriseAndTime, Conditions.of(filter), sort);
    }

    private static Ordered index(Object... fields) {
        List<IndexKey> keys = IntStream.range(0, fields.length / 2)
                .mapToObj(i -> new IndexKey((String) fields[2 * i], (Boolean) fields[2 * i + 1]))
                .toList();
        return new Ordered() {
            @Override
            public List<IndexKey> fields() {
                return keys;
            }

            @Override
            public boolean isComplete() {
                return true;
            }

            /** Without end: who does not stop early never comes back. */
            @Override
            public Stream<Object> between(SortKey earliest, SortKey latest, boolean backwards) {
                return Stream.iterate(0, n -> n + 1).map(Object.class::cast);
            }
        };
    }
}
