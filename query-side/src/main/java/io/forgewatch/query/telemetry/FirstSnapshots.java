package io.forgewatch.query.telemetry;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.forgewatch.query.projection.Fields;
import io.forgewatch.query.projection.StoredJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Snapshots as the first releases kept them, which an upgrade takes over once: none of them says where its frames come from. */
final class FirstSnapshots {

    private final MongoCollection<Document> readings;
    private final MongoCollection<Document> states;
    private final PassedOver passedOver;

    private record First(String enterpriseId, List<Snapshot.Row> rows) {}

    private record FirstState(Map<Integer, Long> offsets, Map<String, LiveEnterprise.Gateway> gateways) {}

    FirstSnapshots(MongoDatabase views, PassedOver passedOver) {
        this.passedOver = passedOver;
        this.readings = views.getCollection("live_readings_v1");
        this.states = views.getCollection("live_state_v1");
    }

    /** Empty ones are those that cannot be read. */
    Flux<Optional<Snapshot>> all() {
        return stored().flatMapMany(state -> Flux.from(readings.find().batchSize(100))
                .map(document -> passedOver.read(document.get("_id"), () -> snapshot(document, state))));
    }

    private static Snapshot snapshot(Document document, FirstState state) {
        First first = StoredJson.read(Fields.object(document, "content"), First.class);
        return new Snapshot(
                first.enterpriseId(), Listening.UNKNOWN, 0, first.rows(), gatewaysOf(first.enterpriseId(), state));
    }

    Mono<IntakeState> state() {
        return stored().map(state -> new IntakeState(state.offsets().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, taken -> Rank.of(0, taken.getValue())))))
                .defaultIfEmpty(IntakeState.NONE);
    }

    private Mono<FirstState> stored() {
        return Mono.from(states.find(eq("_id", "state")).limit(1))
                .map(document -> StoredJson.read(Fields.object(document, "content"), FirstState.class));
    }

    private static Map<String, LiveEnterprise.Gateway> gatewaysOf(String enterprise, FirstState state) {
        return state.gateways().entrySet().stream()
                .filter(gateway -> gateway.getKey().startsWith(enterprise + "-"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
