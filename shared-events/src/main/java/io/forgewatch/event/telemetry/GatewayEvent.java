package io.forgewatch.event.telemetry;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.time.Instant;

/** What happens to an enterprise's edge gateway 边缘网关. */
public sealed interface GatewayEvent extends DomainEvent {

    String gatewayId();

    @Override
    String enterpriseId();

    @Override
    default Subject subject() {
        return new Subject(SubjectType.GATEWAY, gatewayId());
    }

    /** @param sealedSecret the gateway's HMAC key, encrypted under the command side's master key, Base64 */
    @EventName("GatewayRegistered")
    record GatewayRegistered(String gatewayId, String enterpriseId, String sealedSecret, Instant at)
            implements GatewayEvent {}
}
