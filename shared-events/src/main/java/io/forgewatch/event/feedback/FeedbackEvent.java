package io.forgewatch.event.feedback;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.personal.PersonalText;
import java.time.Instant;

/** What happens to an enterprise's answers 反馈 to a warning; they are numbered from 1 within it. */
public sealed interface FeedbackEvent extends DomainEvent {

    String warningId();

    int number();

    @Override
    default String enterpriseId() {
        return EnterpriseId.of(warningId()).value();
    }

    @Override
    default Subject subject() {
        return new Subject(SubjectType.WARNING, warningId());
    }

    /**
     * @param demand number of the demand 要求 that it answers, from 1; 0 in what was stored before answers named one: the newest of
     *     then. An answer to an older one than the newest is kept and meets nothing
     * @param person 责任人, who answers for it at the enterprise; the enterprise's personal data
     * @param occurredAt when the cause occurred
     */
    @EventName(value = "FeedbackSubmitted", version = 2)
    record FeedbackSubmitted(
            String warningId,
            int number,
            int demand,
            String cause,
            String measures,
            PersonalText person,
            Instant occurredAt,
            String by,
            Instant at)
            implements FeedbackEvent {}

    @EventName("FeedbackAccepted")
    record FeedbackAccepted(String warningId, int number, String by, Instant at) implements FeedbackEvent {}

    /** The authority sent it back; the warning is in handling again. */
    @EventName("FeedbackReturned")
    record FeedbackReturned(String warningId, int number, String reason, String by, Instant at)
            implements FeedbackEvent {}
}
