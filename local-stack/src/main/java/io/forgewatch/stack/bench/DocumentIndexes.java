package io.forgewatch.stack.bench;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.forgewatch.stack.FreePort;
import io.forgewatch.stack.Progress;
import io.forgewatch.stack.document.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the embedded document store's indexes do in a collection of half a million: a projection's update, guarded by position,
 * beside one by id alone, alternating; and a page of 50 from anywhere in a list that is filtered and sorted.
 */
public final class DocumentIndexes implements Benchmark {

    private static final int PROVINCES = 31;
    private static final int CHUNK = 5_000;
    private static final int TIMES = 2_000;
    private static final int PAGE = 50;
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    @Override
    public String name() {
        return "eventstore.documents";
    }

    @Override
    public List<Figure> measure(Progress progress) throws Exception {
        int documents = Integer.getInteger("forgewatch.bench.store.documents", 500_000);
        try (DocumentStore store = DocumentStore.start(StackUnderTest.emptyHome("documents"), FreePort.any());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> collection = client.getDatabase("bench").getCollection("warnings");
            fill(collection, documents);
            progress.tell("%,d documents stored".formatted(documents));
            List<Double> byId = new ArrayList<>();
            List<Double> guarded = new ArrayList<>();
            Latencies pages = new Latencies();
            AtomicLong position = new AtomicLong();
            int rounds = StoreSize.usual().rounds();
            for (int round = 0; round <= rounds; round++) {
                Latencies plain = timed(
                        documents,
                        id -> collection.replaceOne(eq("_id", id), document(id, position.incrementAndGet())));
                Latencies careful =
                        timed(documents, id -> guarded(collection, document(id, position.incrementAndGet())));
                Latencies page = timed(documents, id -> page(collection, id));
                progress.tell("%s: update by id %.2f ms, guarded %.2f ms, a page %.2f ms (p99 %.2f ms)"
                        .formatted(
                                round == 0 ? "Warm-up" : "Round " + round,
                                plain.millis(50),
                                careful.millis(50),
                                page.millis(50),
                                page.millis(99)));
                if (round > 0) {
                    byId.add(plain.millis(50));
                    guarded.add(careful.millis(50));
                    pages = page;
                }
            }
            return List.of(
                    Figure.against(
                            "eventstore.guarded-update",
                            StartWarm.median(guarded),
                            "ms",
                            "an update by id",
                            StartWarm.median(byId),
                            "ratio<=3.0"),
                    Figure.of("eventstore.keyset-page", pages.millis(50), "ms", "<=10"),
                    Figure.of("eventstore.keyset-page-p99", pages.millis(99), "ms", ""));
        }
    }

    /** One after the other, each of a document at random. */
    private static Latencies timed(int documents, IntFunction<Publisher<?>> work) {
        Latencies latencies = new Latencies();
        for (int time = 0; time < TIMES; time++) {
            long from = System.nanoTime();
            Flux.from(work.apply(ThreadLocalRandom.current().nextInt(documents)))
                    .then()
                    .block();
            latencies.came((System.nanoTime() - from) / 1_000);
        }
        return latencies;
    }

    /** As a projection writes: unless the document is at that position or beyond it. */
    private static Publisher<?> guarded(MongoCollection<Document> collection, Document document) {
        return collection.replaceOne(
                and(eq("_id", document.get("_id")), lt("position", document.get("position"))), document, UPSERT);
    }

    private static Publisher<?> page(MongoCollection<Document> collection, int id) {
        return collection
                .find(and(eq("province", province(id)), lt("at", (long) id)))
                .sort(Sorts.descending("at"))
                .limit(PAGE);
    }

    private static void fill(MongoCollection<Document> collection, int documents) {
        Mono.from(collection.createIndexes(List.of(new IndexModel(
                        Indexes.compoundIndex(Indexes.ascending("province"), Indexes.descending("at"))))))
                .block();
        for (int first = 0; first < documents; first += CHUNK) {
            List<Document> chunk = IntStream.range(first, Math.min(first + CHUNK, documents))
                    .mapToObj(id -> document(id, 0))
                    .toList();
            Mono.from(collection.insertMany(chunk)).block();
        }
    }

    private static Document document(int id, long position) {
        return new Document("_id", id)
                .append("position", position)
                .append("province", province(id))
                .append("at", (long) id)
                .append("content", new Document("level", "ORANGE").append("text", "冷却水总管压力低低"));
    }

    private static String province(int id) {
        return String.valueOf(11 + id % PROVINCES);
    }
}
