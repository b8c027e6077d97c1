package io.forgewatch.query.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoWriteException;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.ViewState.Building;
import io.forgewatch.query.projection.ViewState.Retired;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps which generations the views have, so that a restart and other instances agree; of two changes at once one wins. */
final class ViewStates {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> states;

    ViewStates(MongoDatabase database) {
        this.states = database.getCollection("views");
    }

    /** A view that there is none of yet begins with its first generation. */
    Mono<ViewState> load(ViewName view) {
        return find(view).switchIfEmpty(Mono.defer(() -> create(ViewState.first(view))));
    }

    /** Whether it was changed; false when somebody else changed it first. */
    Mono<Boolean> replace(ViewState before, ViewState after) {
        return Mono.from(states.replaceOne(
                        and(eq("_id", before.name()), eq("revision", before.revision())), document(after)))
                .map(result -> result.getMatchedCount() == 1);
    }

    private Mono<ViewState> find(ViewName view) {
        return Mono.from(states.find(eq("_id", view.name())).limit(1)).map(ViewStates::state);
    }

    private Mono<ViewState> create(ViewState first) {
        return Mono.from(states.insertOne(document(first)))
                .thenReturn(first)
                .onErrorResume(
                        MongoWriteException.class,
                        failure -> failure.getError().getCode() == DUPLICATE_KEY
                                ? find(first.serving().view())
                                : Mono.error(failure));
    }

    private static Document document(ViewState state) {
        Building building = state.building();
        return new Document("_id", state.name())
                .append("revision", state.revision())
                .append("builds", state.builds())
                .append("serving", document(state.serving()))
                .append("open", state.open())
                .append(
                        "building",
                        building == null
                                ? null
                                : document(building.generation())
                                        .append("since", building.since().toEpochMilli()))
                .append(
                        "retired",
                        state.retired().stream()
                                .map(one -> document(one.generation())
                                        .append("at", one.at().toEpochMilli()))
                                .toList())
                .append("givenUp", state.givenUp())
                .append("common", state.histories().common())
                .append(
                        "passedOver",
                        state.passedOver().stream().map(ViewStates::document).toList());
    }

    private static Document document(Generation generation) {
        return new Document("version", generation.view().version())
                .append("build", generation.build())
                .append("told", 0L); // code of before reads it
    }

    private static ViewState state(Document document) {
        String name = document.getString("_id");
        return new ViewState(
                name,
                Fields.number(document, "revision"),
                (int) Fields.number(document, "builds"),
                generation(name, document.get("serving", Document.class)),
                document.getBoolean("open", true), // code of before wrote none, and served from the start
                building(name, document.get("building", Document.class)),
                document.getList("retired", Document.class, List.of()).stream()
                        .map(one -> new Retired(generation(name, one), instant(one, "at")))
                        .toList(),
                document.getString("givenUp"),
                new Histories(document.getList("common", Long.class, List.of())),
                document.getList("passedOver", Document.class, List.of()).stream()
                        .map(ViewStates::parked)
                        .toList());
    }

    private static Document document(Parked one) {
        return new Document("key", one.key()).append("position", one.position()).append("reason", one.reason());
    }

    private static Parked parked(Document document) {
        return new Parked(document.getString("key"), Fields.number(document, "position"), document.getString("reason"));
    }

    private static @Nullable Building building(String name, @Nullable Document document) {
        return document == null ? null : new Building(generation(name, document), instant(document, "since"));
    }

    private static Generation generation(String name, Document document) {
        return new Generation(
                new ViewName(name, (int) Fields.number(document, "version")), (int) Fields.number(document, "build"));
    }

    private static Instant instant(Document document, String field) {
        return Instant.ofEpochMilli(Fields.number(document, field));
    }
}
