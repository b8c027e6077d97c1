package io.forgewatch.query.enterprise;

import static com.mongodb.client.model.Filters.eq;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/** Finds enterprises within the caller's jurisdiction, and says who is online. */
final class EnterpriseQueries {

    private final View<EnterpriseFold.Kept> view;
    private final NewestFirst<EnterpriseFold.Kept> list;
    private final LiveReadings live;

    EnterpriseQueries(View<EnterpriseFold.Kept> view, LiveReadings live) {
        this.view = view;
        this.list = new NewestFirst<>(view);
        this.live = live;
    }

    Mono<EnterpriseDetail> one(Caller caller, String id) {
        caller.seen(EnterpriseId.FORM, id);
        return view.find(id).map(kept -> EnterpriseDetail.of(kept, live)).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<EnterpriseView>> page(Caller caller, ListParameters parameters) {
        List<Bson> filters = new ArrayList<>();
        parameters.oneOf("level", RiskLevel.class).ifPresent(level -> filters.add(eq("level", level.name())));
        parameters
                .oneOf("industry", Industry.class)
                .ifPresent(industry -> filters.add(eq("industry", industry.name())));
        return list.page(caller, parameters, filters).map(page -> page.map(kept -> EnterpriseView.of(kept, live)));
    }
}
