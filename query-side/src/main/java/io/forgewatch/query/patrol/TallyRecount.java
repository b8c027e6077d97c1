package io.forgewatch.query.patrol;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.Documents;
import io.forgewatch.query.projection.Held;
import io.forgewatch.query.projection.Recount;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Counts a jurisdiction anew: the counters of all its enterprises, added up. */
final class TallyRecount implements Recount {

    private final EnterpriseTallyFold fold = new EnterpriseTallyFold();
    private final Map<String, EnterpriseTally> enterprises = new HashMap<>();
    private final String scope;
    private final Jurisdiction jurisdiction;
    private long position;

    /** @param scope a jurisdiction as the wire writes it */
    TallyRecount(String scope) {
        this.scope = scope;
        this.jurisdiction = Jurisdiction.fromWire(scope);
    }

    @Override
    public boolean mayConcern(String key) {
        return EnterpriseId.FORM.isOne(key) && jurisdiction.covers(new EnterpriseId(key));
    }

    @Override
    public void take(RecordedEvent event) {
        for (String id : fold.ids(event.event())) {
            EnterpriseTally before = enterprises.getOrDefault(id, EnterpriseTally.NONE);
            EnterpriseTally after = fold.after(enterprises.get(id), id, event);
            enterprises.put(id, after);
            if (!after.tally().equals(before.tally())) {
                position = event.position();
            }
        }
    }

    @Override
    public @Nullable Document expected() {
        if (position == 0) {
            return null;
        }
        Tally sum = enterprises.values().stream().map(EnterpriseTally::tally).reduce(Tally.NONE, Tally::plus);
        return Documents.document(new Held<>(scope, position, sum), new TallyShape());
    }
}
