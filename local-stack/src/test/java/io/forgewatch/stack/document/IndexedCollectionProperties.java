package io.forgewatch.stack.document;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.h2.mvstore.MVStore;

/** Whatever is asked, the indexed collection answers as the original does, which scans. */
class IndexedCollectionProperties {

    private static final Object MISSING = new Object();
    private static final List<String> FIELDS = List.of("a", "b", "c.d");

    @Property(tries = 300)
    void given_the_same_writes_when_asked_the_same_then_both_answer_the_same(
            @ForAll("writes") List<Write> writes, @ForAll("questions") List<Question> questions) {
        Wire original = new Wire(H2Backend.inMemory());
        Wire indexed = new Wire(new IndexedBackend(MVStore.open(null)));
        int half = writes.size() / 2;
        writes.subList(0, half).forEach(write -> same(original, indexed, write));
        // Some indexes find documents when they are made, and all live through what follows.
        indexed.index("a", new Document("a", 1));
        indexed.index("a_b", new Document("a", 1).append("b", -1));
        indexed.index("b_id", new Document("b", -1).append("_id", -1));
        indexed.index("a_cd_b", new Document("a", -1).append("c.d", 1).append("b", 1));
        indexed.index("cd", new Document("c.d", 1));
        writes.subList(half, writes.size()).forEach(write -> same(original, indexed, write));
        questions.forEach(question -> same(original, indexed, question));
    }

    private static void same(Wire original, Wire indexed, Write write) {
        Document expected = write.on().apply(original);
        assertThat(write.on().apply(indexed)).as(write.text()).isEqualTo(expected);
    }

    private static void same(Wire original, Wire indexed, Question question) {
        List<Document> all = original.find(question.filter(), question.sort(), 0, 0);
        List<Document> expected = original.find(question.filter(), question.sort(), question.skip(), question.limit());
        List<Document> found = indexed.find(question.filter(), question.sort(), question.skip(), question.limit());
        assertThat(found).as("%s", question).hasSameSizeAs(expected);
        assertThat(new HashSet<>(found)).as("%s", question).hasSameSizeAs(found);
        assertThat(all).as("%s", question).containsAll(found);
        if (!question.sort().isEmpty()) {
            DocumentComparator order = new DocumentComparator(question.sort());
            for (int i = 0; i < found.size(); i++) {
                assertThat(order.compare(found.get(i), expected.get(i)))
                        .as("%s at %d", question, i)
                        .isZero();
            }
        }
        assertThat(indexed.run(count(question))).isEqualTo(original.run(count(question)));
    }

    private static Document count(Question question) {
        return new Document("count", Wire.COLLECTION).append("query", question.filter());
    }

    record Question(Document filter, Document sort, int skip, int limit) {}

    record Write(String text, Function<Wire, Document> on) {}

    @Provide
    Arbitrary<List<Write>> writes() {
        return Arbitraries.oneOf(inserts(), guardedUpserts(), updatesOfMany(), deletes())
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Question>> questions() {
        return Combinators.combine(
                        filters(),
                        sorts(),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 4))
                .as(Question::new)
                .list()
                .ofSize(12);
    }

    private Arbitrary<Write> inserts() {
        return documents().map(document -> new Write("insert " + document, wire -> wire.insert(document)));
    }

    private Arbitrary<Write> guardedUpserts() {
        return Combinators.combine(ids(), Arbitraries.integers().between(0, 9), documents())
                .as((id, position, document) -> {
                    Document filter = new Document("_id", id).append("position", new Document("$lt", position));
                    Document set = document.cloneDeeply();
                    set.remove("_id");
                    set.put("position", position);
                    Document update = new Document("$set", set).append("$inc", new Document("count", 1));
                    return new Write("upsert " + filter + update, wire -> wire.update(filter, update, false, true));
                });
    }

    private Arbitrary<Write> updatesOfMany() {
        return Combinators.combine(filters(), Arbitraries.of("a", "b"), values())
                .as((filter, field, value) -> {
                    Document update = value == MISSING
                            ? new Document("$unset", new Document(field, 1))
                            : new Document("$set", new Document(field, value));
                    return new Write("update " + filter + update, wire -> wire.update(filter, update, true, false));
                });
    }

    private Arbitrary<Write> deletes() {
        return Combinators.combine(ids(), filters()).as((id, filter) -> {
            Document one = filter.cloneDeeply().append("_id", id);
            return new Write("delete " + one, wire -> wire.delete(one));
        });
    }

    private Arbitrary<Document> documents() {
        return Combinators.combine(ids(), values(), values(), values()).as((id, a, b, d) -> {
            Document document = new Document("_id", id);
            put(document, "a", a);
            put(document, "b", b);
            if (d != MISSING) {
                document.put("c", new Document("d", d));
            }
            return document;
        });
    }

    private Arbitrary<Document> filters() {
        Arbitrary<Document> one = Arbitraries.oneOf(equalities(), bounds(), idBounds(), idLists());
        return Combinators.combine(one.list().ofMaxSize(3), Arbitraries.of(true, false))
                .as((parts, nested) -> {
                    if (nested && !parts.isEmpty()) {
                        return new Document("$and", parts);
                    }
                    Document filter = new Document();
                    parts.forEach(filter::putAll);
                    return filter;
                });
    }

    private Arbitrary<Document> equalities() {
        return Combinators.combine(Arbitraries.of(FIELDS), plainValues(), Arbitraries.of(true, false))
                .as((field, value, operator) -> new Document(field, operator ? new Document("$eq", value) : value));
    }

    private Arbitrary<Document> bounds() {
        return Combinators.combine(Arbitraries.of(FIELDS), bound(), bound().optional())
                .as((field, first, second) -> {
                    Document condition = first.cloneDeeply();
                    second.ifPresent(condition::putAll);
                    return new Document(field, condition);
                });
    }

    private Arbitrary<Document> bound() {
        return Combinators.combine(
                        Arbitraries.of("$gt", "$gte", "$lt", "$lte", "$ne"),
                        plainValues().filter(value -> value != null))
                .as(Document::new);
    }

    private Arbitrary<Document> idBounds() {
        return Combinators.combine(Arbitraries.of("$gt", "$gte", "$lt", "$lte", "$eq"), ids())
                .as((operator, id) -> new Document("_id", new Document(operator, id)));
    }

    private Arbitrary<Document> idLists() {
        return ids().list().ofMaxSize(4).map(ids -> new Document("_id", new Document("$in", ids)));
    }

    private Arbitrary<Document> sorts() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c.d", "_id")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        Arbitraries.of(1, -1),
                        Arbitraries.of(1, -1))
                .as((fields, first, others) -> {
                    Document sort = new Document();
                    fields.forEach(field -> sort.put(field, sort.isEmpty() ? first : others));
                    return sort;
                });
    }

    private Arbitrary<Object> ids() {
        return Arbitraries.of("GT1", "GT2", "GT21", "GT3", "LJ1", "LJ2", 1, 2, 3);
    }

    private Arbitrary<Object> plainValues() {
        return Arbitraries.<Object>of(1, 2, 2.0, 2.5, 3L, "x", "y", "", true, Instant.EPOCH, Instant.ofEpochMilli(5))
                .injectNull(0.1);
    }

    private Arbitrary<Object> values() {
        Arbitrary<Object> rare = Arbitraries.of(List.of(1, "x"), List.of("y"), new Document("x", 1));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(20, plainValues()),
                net.jqwik.api.Tuple.of(3, Arbitraries.just(MISSING)),
                net.jqwik.api.Tuple.of(1, rare));
    }

    private static void put(Document document, String field, Object value) {
        if (value != MISSING) {
            document.put(field, value);
        }
    }
}
