package io.forgewatch.query.patrol;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Changed;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.PoisonousEventException;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** Raised though it counts as before: what several instances counted by version 3 may be wrong for good. */
    static final ViewName NAME = new ViewName("overview", 4);

    /** The other kind of its documents: counters of one enterprise, which the jurisdictions' come from. */
    static final String ENTERPRISES = "overview_enterprises";

    private final Documents<Tally> scopes;
    private final Folding<EnterpriseTally> enterprises;
    private final Map<String, Held<Tally>> known = new HashMap<>();

    OverviewProjection(Documents<Tally> scopes, Documents<EnterpriseTally> enterprises) {
        this.scopes = scopes;
        this.enterprises = new Folding<>(enterprises, new EnterpriseTallyFold());
    }

    /** The jurisdictions are few (some thousands in the whole nation): they are all held. */
    @Override
    public Mono<Void> prepare() {
        return Mono.fromRunnable(() -> {
                    enterprises.forget();
                    known.clear();
                })
                .thenMany(scopes.held())
                .doOnNext(held -> known.put(held.id(), held))
                .then();
    }

    @Override
    public Mono<Void> apply(List<RecordedEvent> batch) {
        List<Change> changes = new ArrayList<>();
        return enterprises
                .fold(batch, (event, before, after) -> changes.add(Change.of(event, before, after)))
                .flatMap(changed -> counted(changes)
                        .then(enterprises.write(changed))
                        // By then the jurisdictions have counted it: what comes after the batch is what they lack.
                        .onErrorMap(
                                PoisonousEventException.class,
                                refused -> refused.takenInUpTo(batch.getLast().position())));
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

    /** The ids of the documents that count this enterprise: jurisdictions as the wire writes them. */
    static List<String> scopesOf(String enterpriseId) {
        EnterpriseId id = new EnterpriseId(enterpriseId);
        return Stream.of(
                        new Jurisdiction.Nation(),
                        new Jurisdiction.Region(id.region().substring(0, 2)),
                        new Jurisdiction.Region(id.region().substring(0, 4)),
                        new Jurisdiction.Region(id.region()),
                        new Jurisdiction.Enterprise(id))
                .map(Jurisdiction::wire)
                .toList();
    }

    private record Change(long position, List<String> scopes, Tally difference) {

        static Change of(RecordedEvent event, @Nullable EnterpriseTally before, Held<EnterpriseTally> after) {
            Tally then = before == null ? Tally.NONE : before.tally();
            return new Change(
                    event.position(),
                    scopesOf(after.id()),
                    after.content().tally().minus(then));
        }
    }
}
