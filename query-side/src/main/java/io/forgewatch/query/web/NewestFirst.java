package io.forgewatch.query.web;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.View;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Cursor;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/**
 * Lists of one view, a page at a time: whatever is asked for, only what the caller's jurisdiction covers. A page begins after
 * the last item of the one before by its {@link Order}, so that what is new meanwhile moves nothing; of several with one order
 * the cursor names those that were told, so that none is skipped and none comes twice.
 */
public final class NewestFirst<S> {

    public static final String REGION = "region";
    public static final String ENTERPRISE = "enterpriseId";
    public static final String FROM = "from";
    public static final String TO = "to";

    private final View<S> view;

    public NewestFirst(View<S> view) {
        this.view = view;
    }

    /** Heeds {@code region}, {@code enterpriseId}, {@code from} (inclusive) and {@code to} (exclusive) beside the given filters. */
    public Mono<Page<S>> page(Caller caller, ListParameters list, List<Bson> filters) {
        return page(caller, list, _ -> filters);
    }

    /** @param filters by the version of the documents that are read; may throw a problem */
    public Mono<Page<S>> page(Caller caller, ListParameters list, IntFunction<List<Bson>> filters) {
        Optional<Jurisdiction> scope = scope(caller, list);
        if (scope.isEmpty()) {
            return Mono.just(new Page<>(List.of(), null));
        }
        List<Bson> always = new ArrayList<>(Region.filter(scope.get()));
        Optional<Told> told = list.cursor().map(Told::of);
        always.addAll(range(list, told));
        return view.highest(version -> all(always, filters.apply(version)), Order.FIELD, list.limit() + 1)
                .collectList()
                .map(found -> Page.of(
                        found,
                        list,
                        last -> Told.upTo(last.rank(), found, list.limit(), told)
                                .cursor()))
                .map(page -> page.map(Documents.Ranked::content));
    }

    private static Bson all(List<Bson> always, List<Bson> asked) {
        List<Bson> all = new ArrayList<>(always);
        all.addAll(asked);
        return all.isEmpty() ? new Document() : and(all);
    }

    /** Where the caller's jurisdiction and what is asked for meet; empty when nowhere. */
    public static Optional<Jurisdiction> scope(Caller caller, ListParameters list) {
        Optional<Jurisdiction> scope = Optional.of(caller.jurisdiction());
        Optional<Jurisdiction> region = list.region(REGION).map(Jurisdiction.Region::new);
        Optional<Jurisdiction> enterprise = list.enterprise(ENTERPRISE).map(Jurisdiction.Enterprise::new);
        if (region.isPresent()) {
            scope = scope.flatMap(region.get()::and);
        }
        return enterprise.isPresent() ? scope.flatMap(enterprise.get()::and) : scope;
    }

    private static List<Bson> range(ListParameters list, Optional<Told> told) {
        Optional<Long> until = list.instant(TO).map(Order::first);
        List<Bson> range = new ArrayList<>();
        list.instant(FROM).ifPresent(from -> range.add(gte(Order.FIELD, Order.first(from))));
        told.map(Told::rest).ifPresent(range::add);
        until.ifPresent(end -> range.add(lt(Order.FIELD, end)));
        return range;
    }

    /**
     * How far a list was told.
     *
     * @param order of the last item
     * @param ids of all with this order that were told; empty where that is not known, or they are more than a cursor holds: then
     *     what else has the order is passed over
     */
    private record Told(long order, List<String> ids) {

        /** As many as a cursor has room for. */
        private static final int MOST = 5;

        static Told of(Cursor cursor) {
            return new Told(
                    cursor.number(0), cursor.parts().subList(1, cursor.parts().size()));
        }

        static <S> Told upTo(long order, List<Documents.Ranked<S>> found, int limit, Optional<Told> before) {
            List<String> ids = Stream.concat(
                            before.filter(one -> one.order == order).stream().flatMap(one -> one.ids.stream()),
                            found.stream()
                                    .limit(limit)
                                    .filter(one -> one.rank() == order)
                                    .map(Documents.Ranked::id))
                    .toList();
            return new Told(order, ids.size() > MOST ? List.of() : ids);
        }

        Cursor cursor() {
            return new Cursor(
                    Stream.concat(Stream.of(Long.toString(order)), ids.stream()).toList());
        }

        Bson rest() {
            return ids.isEmpty() ? lt(Order.FIELD, order) : and(lte(Order.FIELD, order), nin("_id", ids));
        }
    }
}
