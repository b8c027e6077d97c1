package io.forgewatch.query.patrol;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Folding;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Projection;
import io.forgewatch.query.projection.ViewName;
import java.util.ArrayList;
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
 * are still where they were, the same changes come out again, and the jurisdictions that have them already refuse them by their
 * position.
 */
final class OverviewProjection implements Projection {

    static final ViewName NAME = new ViewName("overview", 3);

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
                .flatMap(changed -> {
                    Map<String, Held<Tally>> counted = counted(changes);
                    return scopes.write(counted.values())
                            .then(enterprises.write(changed))
                            .doOnSuccess(written -> known.putAll(counted));
                });
    }

    private Map<String, Held<Tally>> counted(List<Change> changes) {
        Map<String, Held<Tally>> counted = new LinkedHashMap<>();
        for (Change change : changes) {
            for (String scope : scopesOf(change.enterpriseId)) {
                Held<Tally> before =
                        counted.getOrDefault(scope, known.getOrDefault(scope, new Held<>(scope, 0, Tally.NONE)));
                if (before.position() < change.position) {
                    counted.put(
                            scope,
                            new Held<>(scope, change.position, before.content().plus(change.difference)));
                }
            }
        }
        return counted;
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

    private record Change(long position, String enterpriseId, Tally difference) {

        static Change of(RecordedEvent event, @Nullable EnterpriseTally before, Held<EnterpriseTally> after) {
            Tally then = before == null ? Tally.NONE : before.tally();
            return new Change(
                    event.position(), after.id(), after.content().tally().minus(then));
        }
    }
}
