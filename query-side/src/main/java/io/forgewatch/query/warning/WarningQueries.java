package io.forgewatch.query.warning;

import static com.mongodb.client.model.Filters.eq;

import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.warning.WarningStatus;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.query.web.Order;
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

    /** One warning shows so many of its segments. */
    static final int MOST_SEGMENTS = 200;

    /** The first version with a document for each segment. */
    private static final int WITH_SEGMENTS = 3;

    private final View<WarningFold.Kept> view;
    private final NewestFirst<WarningFold.Kept> list;
    private final View<SegmentFold.Kept> segments;
    private final NewestFirst<SegmentFold.Kept> segmentList;

    WarningQueries(View<WarningFold.Kept> view, View<SegmentFold.Kept> segments) {
        this.view = view;
        this.list = new NewestFirst<>(view);
        this.segments = segments;
        this.segmentList = new NewestFirst<>(segments);
    }

    /** With its newest segments. A document of before has all of them itself. */
    Mono<WarningView> one(Caller caller, String id) {
        return found(caller, id)
                .flatMap(warning -> segments.highest(eq(SegmentFold.WARNING, id), Order.FIELD, MOST_SEGMENTS)
                        .map(ranked -> ranked.content().segment())
                        .collectList()
                        .map(newestFirst -> newestFirst.isEmpty()
                                ? warning.newest(MOST_SEGMENTS)
                                : warning.with(newestFirst.reversed())));
    }

    /** All segments of a warning, newest first; not while documents of before are read, which have no list of them. */
    Mono<Page<Segment>> segments(Caller caller, String id, ListParameters parameters) {
        return found(caller, id)
                .flatMap(warning -> warning.segmentCount() == null
                        ? Mono.error(Problem.viewBuilding())
                        : segmentList.page(caller, parameters, version -> of(id, version)))
                .map(page -> page.map(SegmentFold.Kept::segment));
    }

    private static List<Bson> of(String id, int version) {
        if (version < WITH_SEGMENTS) {
            throw Problem.viewBuilding();
        }
        return List.of(eq(SegmentFold.WARNING, id));
    }

    private Mono<WarningView> found(Caller caller, String id) {
        caller.seen(WarningId.FORM, id);
        return view.find(id).map(WarningFold.Kept::warning).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<WarningView>> page(Caller caller, ListParameters parameters) {
        List<Bson> filters = new ArrayList<>();
        parameters.oneOf("status", WarningStatus.class).ifPresent(status -> filters.add(eq("status", status.name())));
        parameters.oneOf("level", RiskLevel.class).ifPresent(level -> filters.add(eq("level", level.name())));
        return list.page(caller, parameters, filters)
                .map(page -> page.map(kept -> kept.warning().newest(1)));
    }
}
