package io.forgewatch.event;

import io.forgewatch.event.alarm.AlarmEvent;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseEvent;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.EquipmentEvent;
import io.forgewatch.event.feedback.FeedbackEvent;
import io.forgewatch.event.identity.IdentityEvent;
import io.forgewatch.event.personal.PersonalEvent;
import io.forgewatch.event.risk.RiskEvent;
import io.forgewatch.event.telemetry.GatewayEvent;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.event.transparency.TransparencyEvent;
import io.forgewatch.event.warning.WarningEvent;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.event.wirerope.RopeId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that events happen to, each described once: how its ids are written and what can happen to it. Stored names of
 * events, ids in paths and what auditors can ask about follow from here. On the wire and in tags the name is in lower case.
 *
 * <p>It describes and computes nothing that a state is made of: snapshots outlive what is added here.
 */
public enum SubjectType {
    ENTERPRISE(EnterpriseId.FORM, EnterpriseEvent.class, PersonalEvent.class),
    DEVICE(DeviceId.FORM, EquipmentEvent.class),
    GATEWAY(GatewayId.FORM, GatewayEvent.class),
    /** Nothing can happen to one yet; the contract names it among the types. */
    ROPE(RopeId.FORM),
    ALARM(AlarmId.FORM, AlarmEvent.class),
    /** Of an enterprise, by its id. */
    RISK(EnterpriseId.FORM, RiskEvent.class),
    WARNING(WarningId.FORM, WarningEvent.class, FeedbackEvent.class),
    /** By username, of no one enterprise. */
    ACCOUNT(null, IdentityEvent.class, PersonalEvent.class),
    /** By host, of no one enterprise. */
    LOG(null, TransparencyEvent.class);

    private final @Nullable IdForm<?> form;
    private final List<Class<? extends DomainEvent>> events;

    @SafeVarargs
    SubjectType(@Nullable IdForm<?> form, Class<? extends DomainEvent>... events) {
        this.form = form;
        this.events = List.of(events);
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SubjectType> fromWire(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }

    /** How its ids are written; empty for what belongs to no one enterprise. */
    public Optional<IdForm<?>> form() {
        return Optional.ofNullable(form);
    }

    /** The sealed interfaces of what can happen to it. */
    public List<Class<? extends DomainEvent>> events() {
        return events;
    }
}
