package io.forgewatch.event.personal;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens to personal data 个人信息. */
public sealed interface PersonalEvent extends DomainEvent {

    /** Marks every erasure: whoever keeps keys finds them all. */
    Tag ERASURE = new Tag("personal", "erased");

    PersonalSubject whose();

    @Override
    default @Nullable String enterpriseId() {
        return whose().kind() == SubjectType.ENTERPRISE ? whose().id() : null;
    }

    @Override
    default Subject subject() {
        return whose().subject();
    }

    /**
     * All that was sealed under the first keys of a subject can be read by nobody any more; the events stay as they are.
     *
     * @param upTo the number of the last key that is deleted, with all before it; data that came later is under another
     * @param reason in the words of who ordered it
     */
    @EventName("PersonalDataErased")
    record PersonalDataErased(PersonalSubject whose, int upTo, String reason, String by, Instant at)
            implements PersonalEvent {

        @Override
        public Set<Tag> tags() {
            Set<Tag> tags = new HashSet<>(PersonalEvent.super.tags());
            tags.add(ERASURE);
            return Set.copyOf(tags);
        }
    }
}
