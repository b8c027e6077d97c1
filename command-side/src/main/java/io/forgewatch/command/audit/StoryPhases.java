package io.forgewatch.command.audit;

import io.forgewatch.command.audit.Story.Phase;
import io.forgewatch.command.audit.Story.PhaseName;
import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.DomainEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.WarningEvent.WarningClosed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long each part of a warning's story took, against its deadlines. Times are those at which events were recorded. */
final class StoryPhases {

    private final List<Traced> events;
    private final List<RecordedEvent> own;
    private final Traced issued;
    private final Instant now;

    /**
     * @param events of the story, in order of positions
     * @param own those of the warning itself
     * @param issued the one that issued it
     */
    StoryPhases(List<Traced> events, List<RecordedEvent> own, Traced issued, Instant now) {
        this.events = events;
        this.own = own;
        this.issued = issued;
        this.now = now;
    }

    List<Phase> phases() {
        List<Phase> phases = new ArrayList<>();
        Instant warned = issued.recorded().at();
        Traced risk = caused(issued, RiskAssessed.class);
        Traced alarm = risk == null ? null : trigger(risk);
        if (alarm != null && risk != null) {
            Instant alarmed = alarm.recorded().at();
            phases.add(ended(PhaseName.BREACH_TO_ALARM, breach(alarm), alarmed));
            phases.add(ended(PhaseName.ALARM_TO_RISK, alarmed, risk.recorded().at()));
        }
        if (risk != null) {
            phases.add(ended(PhaseName.RISK_TO_WARNING, risk.recorded().at(), warned));
        }
        StoryDemand.of(own).forEach(demand -> {
            phases.add(due(PhaseName.WARNING_TO_SIGNATURE, demand, DeadlineKind.SIGN));
            phases.add(due(PhaseName.WARNING_TO_FEEDBACK, demand, DeadlineKind.FEEDBACK));
            phases.add(due(PhaseName.WARNING_TO_RESOLUTION, demand, DeadlineKind.RESOLVE));
        });
        RecordedEvent closed = first(own, WarningClosed.class);
        phases.add(ended(PhaseName.WARNING_TO_CLOSING, warned, closed == null ? null : closed.at()));
        return phases;
    }

    /** The alarm that made risk rise: one that was raised or got worse. */
    private @Nullable Traced trigger(Traced risk) {
        Traced upgraded = caused(risk, AlarmUpgraded.class);
        Traced raised = caused(risk, AlarmRaised.class);
        return upgraded != null && (raised == null || upgraded.position() > raised.position()) ? upgraded : raised;
    }

    private static Instant breach(Traced alarm) {
        return switch (alarm.recorded().event()) {
            case AlarmRaised raised -> raised.onset();
            case AlarmUpgraded upgraded ->
                Breaking.of(AlarmId.FORM.parse(upgraded.alarmId()).direction(), upgraded.threshold(), upgraded.readings())
                        .map(CausingReading::at)
                        .orElse(alarm.recorded().at());
            default -> alarm.recorded().at();
        };
    }

    /** The event of a type that led to another: its cause, else the last of them before it. */
    private @Nullable Traced caused(Traced effect, Class<? extends DomainEvent> type) {
        Traced last = null;
        for (Traced event : events) {
            if (type.isInstance(event.recorded().event()) && event.position() < effect.position()) {
                last = event;
                if (event.recorded().id().equals(effect.cause())) {
                    return event;
                }
            }
        }
        return last;
    }

    private static @Nullable RecordedEvent first(List<RecordedEvent> events, Class<? extends DomainEvent> type) {
        return events.stream()
                .filter(event -> type.isInstance(event.event()))
                .findFirst()
                .orElse(null);
    }

    private static Phase ended(PhaseName name, Instant from, @Nullable Instant until) {
        return new Phase(name, null, from, until, millis(from, until), null, null);
    }

    private Phase due(PhaseName name, StoryDemand demand, DeadlineKind kind) {
        Instant until = demand.given().get(kind);
        Instant deadline = demand.deadlines().of(kind);
        return new Phase(
                name,
                demand.number(),
                demand.from(),
                until,
                millis(demand.from(), until),
                deadline,
                met(until, deadline));
    }

    private @Nullable Boolean met(@Nullable Instant until, Instant deadline) {
        if (until == null) {
            return now.isAfter(deadline) ? Boolean.FALSE : null;
        }
        return !until.isAfter(deadline);
    }

    private static @Nullable Long millis(Instant from, @Nullable Instant until) {
        return until == null ? null : Duration.between(from, until).toMillis();
    }
}
