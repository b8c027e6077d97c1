package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Makes a document anew by its fold. Its id begins with its enterprise's, whose events alone can change it. */
final class FoldRecount<S> implements Recount {

    private final Fold<S> fold;
    private final String id;
    private final String enterprise;
    private @Nullable Held<S> held;

    FoldRecount(Fold<S> fold, String id) {
        this.fold = fold;
        this.id = id;
        this.enterprise = EnterpriseId.of(id).value();
    }

    @Override
    public boolean mayConcern(String key) {
        return enterprise.equals(key);
    }

    @Override
    public void take(RecordedEvent event) {
        if (fold.ids(event.event()).contains(id)) {
            held = new Held<>(id, event.position(), fold.after(held == null ? null : held.content(), id, event));
        }
    }

    @Override
    public @Nullable Document expected() {
        return held == null ? null : Documents.document(held, fold);
    }
}
