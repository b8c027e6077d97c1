package io.forgewatch.stack.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.forgewatch.stack.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class DocumentStoreTest {

    @TempDir
    Path folder;

    @Test
    void given_a_document_at_a_position_when_an_older_write_comes_guarded_then_it_is_a_duplicate_key()
            throws Exception {
        try (DocumentStore store = DocumentStore.start(folder, FreePort.any());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> alarms = client.getDatabase("forgewatch").getCollection("alarms");
            assertThat(guarded(alarms, "A1", 7).getUpsertedId()).isNotNull();
            assertThat(guarded(alarms, "A1", 8).getModifiedCount()).isEqualTo(1);
            assertThatThrownBy(() -> guarded(alarms, "A1", 8))
                    .isInstanceOf(MongoWriteException.class)
                    .satisfies(refused -> assertThat(
                                    ((MongoWriteException) refused).getError().getCode())
                            .isEqualTo(11000));
            assertThat(one(alarms.find(Filters.eq("A1"))).getInteger("position"))
                    .isEqualTo(8);
        }
    }

    @Test
    void given_documents_and_an_index_when_the_store_starts_again_then_a_page_follows_the_index() throws Exception {
        int port = FreePort.any();
        try (DocumentStore store = DocumentStore.start(folder, port);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> alarms = client.getDatabase("forgewatch").getCollection("alarms");
            one(alarms.createIndex(Indexes.compoundIndex(Indexes.ascending("enterprise"), Indexes.descending("at"))));
            one(alarms.insertMany(IntStream.range(0, 2000)
                    .mapToObj(n -> new Document("_id", "A" + n)
                            .append("enterprise", "E" + n % 2)
                            .append("at", n))
                    .toList()));
        }
        try (DocumentStore store = DocumentStore.start(folder, port);
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> alarms = client.getDatabase("forgewatch").getCollection("alarms");
            List<Document> page = Flux.from(
                            alarms.find(Filters.and(Filters.eq("enterprise", "E1"), Filters.lt("at", 1001)))
                                    .sort(Sorts.descending("at", "_id"))
                                    .limit(3))
                    .collectList()
                    .block();
            assertThat(page).extracting(found -> found.getInteger("at")).containsExactly(999, 997, 995);
        }
    }

    @Test
    void given_a_damaged_file_when_the_store_starts_then_it_is_put_aside_and_all_begins_anew() throws Exception {
        Files.write(folder.resolve("documents.mv"), new byte[20_000]);
        try (DocumentStore store = DocumentStore.start(folder, FreePort.any());
                MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> alarms = client.getDatabase("forgewatch").getCollection("alarms");
            assertThat(one(alarms.countDocuments())).isZero();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("documents.mv.damaged-"));
        }
    }

    private static UpdateResult guarded(MongoCollection<Document> collection, String id, int position) {
        Bson filter = Filters.and(Filters.eq(id), Filters.lt("position", position));
        return one(collection.updateOne(filter, Updates.set("position", position), new UpdateOptions().upsert(true)));
    }

    private static <T> T one(Publisher<T> publisher) {
        return Mono.from(publisher).blockOptional().orElseThrow();
    }
}
