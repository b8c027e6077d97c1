package io.forgewatch.query.projection;

import io.forgewatch.event.RecordedEvent;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Makes one document anew from the events, apart from the projection that keeps it. */
public interface Recount {

    /** Of a document that no event can have made. */
    Recount NONE = new Recount() {
        @Override
        public boolean mayConcern(String key) {
            return false;
        }

        @Override
        public void take(RecordedEvent event) {}

        @Override
        public @Nullable Document expected() {
            return null;
        }
    };

    /** Whether events with this key of the topic can change the document: the others need not be read. */
    boolean mayConcern(String key);

    /** Called with the events that may concern it, in order. */
    void take(RecordedEvent event);

    /** As it must be stored, with its position and keys; null when there must be none. */
    @Nullable
    Document expected();
}
