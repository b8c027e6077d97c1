package io.forgewatch.event.telemetry;

import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.EventName;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import java.time.Instant;
import java.util.List;

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

    /**
     * The works said which readings of the gateway are codes; see {@link GatewayCodes}.
     *
     * @param codeValues all of them: those that held before hold no more
     * @param by username
     */
    @EventName("GatewaySettingsChanged")
    record GatewaySettingsChanged(
            String gatewayId,
            String enterpriseId,
            List<CodeValue> codeValues,
            List<String> exceptIndicators,
            String by,
            Instant at)
            implements GatewayEvent {

        public GatewaySettingsChanged {
            codeValues = List.copyOf(codeValues);
            exceptIndicators = List.copyOf(exceptIndicators);
        }
    }

    /**
     * 网关时钟错误: the clock of the gateway, or of something behind it, is more than 30 s off ours (dossier §8).
     *
     * @param offsetSeconds how far it is ahead of ours; negative for behind
     * @param at when it was stated
     */
    @EventName("GatewayClockWrong")
    record GatewayClockWrong(String gatewayId, String enterpriseId, long offsetSeconds, Instant at)
            implements GatewayEvent {}

    /** 网关时钟恢复: for a whole minute its frames had the right time. */
    @EventName("GatewayClockRight")
    record GatewayClockRight(String gatewayId, String enterpriseId, Instant at) implements GatewayEvent {}

    /**
     * 网关数据滞后: for a minute the newest readings that it sent were more than 30 s old (dossier §8).
     *
     * @param seconds how old the newest was
     * @param at when it was stated
     */
    @EventName("GatewayBehind")
    record GatewayBehind(String gatewayId, String enterpriseId, long seconds, Instant at) implements GatewayEvent {}

    /** 网关数据追平: for a whole minute it sent readings of the moment again. */
    @EventName("GatewayCaughtUp")
    record GatewayCaughtUp(String gatewayId, String enterpriseId, Instant at) implements GatewayEvent {}
}
