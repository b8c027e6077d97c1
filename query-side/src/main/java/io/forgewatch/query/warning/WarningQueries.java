package io.forgewatch.query.warning;

import static com.mongodb.client.model.Filters.eq;

import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningStatus;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/** Finds warnings within the caller's jurisdiction. */
final class WarningQueries {

    private final View<WarningFold.Kept> view;
    private final NewestFirst<WarningFold.Kept> list;

    WarningQueries(View<WarningFold.Kept> view) {
        this.view = view;
        this.list = new NewestFirst<>(view);
    }

    Mono<WarningView> one(Caller caller, String id) {
        if (!WarningId.isOne(id)) {
            return Mono.error(Problem.notFound());
        }
        caller.mustSee(EnterpriseId.of(id));
        return view.find(id).map(WarningFold.Kept::warning).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<WarningView>> page(Caller caller, ListParameters parameters) {
        List<Bson> filters = new ArrayList<>();
        parameters.oneOf("status", WarningStatus.class).ifPresent(status -> filters.add(eq("status", status.name())));
        parameters.oneOf("level", RiskLevel.class).ifPresent(level -> filters.add(eq("level", level.name())));
        return list.page(caller, parameters, filters).map(page -> page.map(WarningFold.Kept::warning));
    }
}
