package io.forgewatch.query.connectivity;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.nin;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.GatewayState;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/** Finds gateways within the caller's jurisdiction, and says which are heard. */
final class GatewayQueries {

    private static final String ID = "_id";

    private final View<GatewayFold.Kept> view;
    private final NewestFirst<GatewayFold.Kept> list;
    private final LiveReadings live;

    GatewayQueries(View<GatewayFold.Kept> view, LiveReadings live) {
        this.view = view;
        this.list = new NewestFirst<>(view);
        this.live = live;
    }

    Mono<GatewayView> one(Caller caller, String id) {
        caller.seen(GatewayId.FORM, id);
        return view.find(id).map(this::seen).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<GatewayView>> page(Caller caller, ListParameters parameters) {
        List<Bson> filters = parameters
                .oneOf("state", GatewayState.class)
                .flatMap(state -> NewestFirst.scope(caller, parameters).map(scope -> being(state, scope)))
                .map(List::of)
                .orElse(List.of());
        return list.page(caller, parameters, filters).map(page -> page.map(this::seen));
    }

    /**
     * Who is heard is known in memory only: the store is told which gateways to find, or, where those that were never heard are
     * in that state too, which not to find. There are some thousands of them in a country.
     */
    private Bson being(GatewayState state, Jurisdiction scope) {
        Map<String, GatewayState> heard = live.gatewayStates(scope);
        return state == live.unheard()
                ? nin(ID, ids(heard, other -> other != state))
                : in(ID, ids(heard, state::equals));
    }

    private static List<String> ids(Map<String, GatewayState> heard, Predicate<GatewayState> wanted) {
        return heard.entrySet().stream()
                .filter(gateway -> wanted.test(gateway.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private GatewayView seen(GatewayFold.Kept kept) {
        return GatewayView.of(
                kept, live.gateways(kept.enterpriseId(), List.of(kept.id())).getFirst());
    }
}
