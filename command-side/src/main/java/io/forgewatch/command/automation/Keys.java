package io.forgewatch.command.automation;

import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Tag;

/** Under which tags an event is found. */
final class Keys {

    private Keys() {}

    /** Whose event it is: its enterprise's, or its subject's where there is none. */
    static String ownerOf(RecordedEvent event) {
        String enterprise = event.event().enterpriseId();
        return enterprise == null ? subjectOf(event) : text(Tag.within(enterprise));
    }

    /** What it is about. */
    static String subjectOf(RecordedEvent event) {
        return text(event.event().subject().tag());
    }

    private static String text(Tag tag) {
        return tag.key() + "=" + tag.value();
    }
}
