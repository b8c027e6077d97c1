package io.forgewatch.query.patrol;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.query.projection.Changed;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.PoisonousEventException;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import io.forgewatch.query.web.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the counters of every jurisdiction: the nation, each province, city and county, each enterprise. What an event changes
 * of its enterprise's counters is added to those of the jurisdictions above.
 *
 * <p>The order of the writes carries it: jurisdictions first, enterprises after them. After a crash in between, the enterprises
 * are still where they were, the same changes come out again, and the jurisdictions that have them already are passed over by
 * their position. A jurisdiction is written only on top of the very one that the difference was added to: else a difference that
 * somebody else wrote would be lost for good.
 */
final class OverviewProjection implements Projection {

    /** Raised though it counts as before: a jurisdiction keeps fewer days, and does not change where no number does. */
    static final ViewName NAME = new ViewName("overview", 5);

    /** The other kind of its documents: counters of one enterprise, which the jurisdictions' come from. */
    static final String ENTERPRISES = "overview_enterprises";

    private static final Logger LOG = LoggerFactory.getLogger(OverviewProjection.class);

    private final Documents<Tally> scopes;
    private final Documents<EnterpriseTally> kept;
    private final Folding<EnterpriseTally> enterprises;
    private final Map<String, Held<Tally>> known = new HashMap<>();

    OverviewProjection(Documents<Tally> scopes, Documents<EnterpriseTally> enterprises) {
        this.scopes = scopes;
        this.kept = enterprises;
        this.enterprises = new Folding<>(enterprises, new EnterpriseTallyFold());
    }

    /** The jurisdictions are few (some thousands in the whole nation): they are all held. */
    @Override
    public Set<Class<? extends DomainEvent>> events() {
        return new EnterpriseTallyFold().events();
    }

    @Override
    public Mono<Void> prepare() {
        return prepare(0);
    }

    @Override
    public Mono<Void> prepare(long upTo) {
        return Mono.defer(() -> {
            enterprises.forget();
            known.clear();
            List<Documents.Unreadable> broken = new ArrayList<>();
            return scopes.held(broken::add)
                    .doOnNext(held -> known.put(held.id(), held))
                    .then(Mono.defer(() -> mended(broken, upTo)));
        });
    }

    /**
     * A jurisdiction that cannot be read is added up anew: all others' counters must not wait for it. What an enterprise has counted
     * beyond the position does not come again, so it is not counted twice.
     */
    private Mono<Void> mended(List<Documents.Unreadable> broken, long upTo) {
        if (broken.isEmpty()) {
            return Mono.empty();
        }
        if (upTo == 0) {
            return Mono.error(broken.getFirst().why()); // nothing says how far anything is
        }
        return kept.held(other -> LOG.error("{} cannot be read and counts for nothing", other.id(), other.why()))
                .reduceWith(HashMap<String, Tally>::new, (sums, held) -> {
                    Region.scopes(held.id())
                            .forEach(scope -> sums.merge(scope, held.content().tally(), Tally::plus));
                    return sums;
                })
                .flatMapMany(sums -> Flux.fromIterable(broken).concatMap(one -> mended(one, sums.get(one.id()), upTo)))
                .then();
    }

    /** @param sum null where it is none of ours */
    private Mono<Void> mended(Documents.Unreadable broken, @Nullable Tally sum, long upTo) {
        if (sum == null) {
            LOG.error("{} cannot be read and is passed over", broken.id(), broken.why());
            return Mono.empty();
        }
        LOG.error("{} could not be read and is added up anew from its enterprises", broken.id(), broken.why());
        Held<Tally> now = new Held<>(broken.id(), upTo, sum);
        return scopes.mend(broken, now).doOnSuccess(done -> known.put(now.id(), now));
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        List<Change> changes = new ArrayList<>();
        return enterprises
                .fold(batch, (event, before, after) -> counted(changes, Change.of(event, before, after)))
                .flatMap(changed -> counted(changes)
                        .then(enterprises.write(changed))
                        // By then the jurisdictions have counted it: what comes after the batch is what they lack.
                        .onErrorMap(
                                PoisonousEventException.class,
                                refused -> refused.takenInUpTo(batch.getLast().position())));
    }

    /** Most that happens changes no number: a risk that is assessed again at the same level. */
    private static void counted(List<Change> changes, Change change) {
        if (!change.difference.isNothing()) {
            changes.add(change);
        }
    }

    private Mono<Void> counted(List<Change> changes) {
        Collection<Changed<Tally>> counted = sums(changes);
        return scopes.write(counted)
                .doOnSuccess(written ->
                        counted.forEach(change -> known.put(change.after().id(), change.after())));
    }

    private Collection<Changed<Tally>> sums(List<Change> changes) {
        Map<String, Changed<Tally>> counted = new LinkedHashMap<>();
        for (Change change : changes) {
            for (String scope : change.scopes) {
                Changed<Tally> before = counted.getOrDefault(scope, unchanged(scope));
                if (before.after().position() < change.position) {
                    Tally sum = before.after().content().plus(change.difference);
                    counted.put(scope, new Changed<>(new Held<>(scope, change.position, sum), before.from()));
                }
            }
        }
        return counted.values();
    }

    private Changed<Tally> unchanged(String scope) {
        Held<Tally> held = known.getOrDefault(scope, new Held<>(scope, 0, Tally.NONE));
        return new Changed<>(held, held.position());
    }

    private record Change(long position, List<String> scopes, Tally difference) {

        static Change of(RecordedEvent event, @Nullable EnterpriseTally before, Held<EnterpriseTally> after) {
            Tally then = before == null ? Tally.NONE : before.tally();
            return new Change(
                    event.position(),
                    Region.scopes(after.id()),
                    after.content().tally().minus(then));
        }
    }
}
