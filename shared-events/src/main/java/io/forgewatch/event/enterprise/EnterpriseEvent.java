package io.forgewatch.event.enterprise;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to an enterprise 企业. */
public sealed interface EnterpriseEvent extends DomainEvent {

    @Override
    String enterpriseId();

    @Override
    default Subject subject() {
        return new Subject(SubjectType.ENTERPRISE, enterpriseId());
    }

    /**
     * @param region six digits of GB/T 2260
     * @param creditCode 统一社会信用代码 (GB 32100), 18 characters, or null where it is not known yet
     */
    @EventName("EnterpriseRegistered")
    record EnterpriseRegistered(
            String enterpriseId,
            String name,
            String region,
            Industry industry,
            RiskProfile profile,
            @Nullable String creditCode,
            Instant at)
            implements EnterpriseEvent {}
}
