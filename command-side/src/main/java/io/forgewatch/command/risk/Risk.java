package io.forgewatch.command.risk;

import io.forgewatch.command.decision.Decider;
import io.forgewatch.command.decision.Decision;
import io.forgewatch.command.decision.Sourcing;
import io.forgewatch.command.risk.RiskCommand.AssessRisk;
import io.forgewatch.event.Tag;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmEnded;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.AlarmEvent.AlarmUpgraded;
import io.forgewatch.event.enterprise.EnterpriseEvent.EnterpriseRegistered;
import io.forgewatch.event.risk.RiskEvent;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The risk of an enterprise 企业风险 (dossier §4). In this version nothing is overdue (M is 0) and the data part Q is not
 * computed yet, which the event says by null.
 */
public final class Risk implements Decider<RiskState, RiskCommand> {

    private final RiskModel model;
    private final RiskIndex index;
    private final Sourcing<RiskState> sourcing;

    public Risk(RiskModel model) {
        this.model = model;
        this.index = new RiskIndex(model);
        this.sourcing = Sourcing.from(RiskState.EMPTY)
                .on(EnterpriseRegistered.class, Tag::within, (state, registered) -> state.of(registered.profile()))
                .on(AlarmRaised.class, Tag::within, Risk::raised)
                .on(AlarmUpgraded.class, Tag::within, Risk::upgraded)
                .on(AlarmReturned.class, Tag::within, Risk::returned)
                .on(AlarmBreachedAgain.class, Tag::within, Risk::breachedAgain)
                .on(AlarmCleared.class, Tag::within, (state, over) -> state.without(over.alarmId(), over.at()))
                .on(AlarmEnded.class, Tag::within, (state, over) -> state.without(over.alarmId(), over.at()))
                .on(RiskEvent.class, Tag::within, this::after);
    }

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public Class<RiskCommand> commands() {
        return RiskCommand.class;
    }

    @Override
    public String key(RiskCommand command) {
        return command.enterprise().value();
    }

    @Override
    public Sourcing<RiskState> sourcing() {
        return sourcing;
    }

    @Override
    public Decision decide(RiskState state, RiskCommand command) {
        return switch (command) {
            case AssessRisk assess -> assess(state, assess);
        };
    }

    private RiskState after(RiskState state, RiskEvent event) {
        return switch (event) {
            case RiskAssessed assessed -> state.assessed(assessed, belowSince(state, assessed));
        };
    }

    private static RiskState raised(RiskState state, AlarmRaised raised) {
        return OpenAlarm.counts(raised) ? state.with(OpenAlarm.of(raised), raised.raisedAt()) : state;
    }

    private static RiskState upgraded(RiskState state, AlarmUpgraded upgraded) {
        return state.changed(
                upgraded.alarmId(), upgraded.at(), alarm -> alarm.upgraded(upgraded.limit(), upgraded.severity()));
    }

    private static RiskState returned(RiskState state, AlarmReturned returned) {
        return state.changed(returned.alarmId(), returned.at(), alarm -> alarm.returned(returned.at()));
    }

    private static RiskState breachedAgain(RiskState state, AlarmBreachedAgain again) {
        return state.changed(
                again.alarmId(),
                again.at(),
                alarm -> alarm.breachedAgain(again.at(), Duration.ofMillis(again.inBreachMillis())));
    }

    @Override
    public Object evolvesBy() {
        return model;
    }

    private Decision assess(RiskState state, AssessRisk command) {
        if (state.profile() == null) {
            return Decision.nothing();
        }
        Instant at = command.at().isBefore(state.latest()) ? state.latest() : command.at();
        Assessment assessment = index.assess(
                state.profile(),
                state.open().values().stream()
                        .map(alarm -> alarm.scored(at, state.said()))
                        .toList(),
                Overdue.NOTHING,
                null);
        RiskAssessed assessed = new RiskAssessed(
                command.enterprise().value(),
                assessment.index().doubleValue(),
                held(state, assessment.level(), at),
                state.level(),
                assessment.override(),
                assessment.rules(),
                assessment.contributions(),
                model.version(),
                at);
        return isNews(state, assessed) ? Decision.accepted(assessed) : Decision.nothing();
    }

    /** The level falls step by step, each only when index and overrides were clearly below it for ten minutes. */
    private RiskLevel held(RiskState state, RiskLevel level, Instant at) {
        RiskLevel held = state.level();
        while (held.above(level)) {
            Instant since = state.belowSince().get(held);
            if (since == null || at.isBefore(since.plus(model.falling()))) {
                return held;
            }
            held = RiskLevel.values()[held.ordinal() - 1];
        }
        return level;
    }

    /** Where the index stands at its utmost, a further alarm is news all the same: a warning has to tell of it. */
    private static boolean isNews(RiskState state, RiskAssessed assessed) {
        RiskAssessed last = state.last();
        return last == null
                ? assessed.index() != 0 || assessed.level() != RiskLevel.BLUE
                : last.index() != assessed.index()
                        || last.level() != assessed.level()
                        || last.override() != assessed.override()
                        || !Set.copyOf(last.rules()).containsAll(assessed.rules())
                        || !state.said().equals(state.standing());
    }

    /** An override by what was back before it was spoken of holds once, and from then on its ten minutes run. */
    private Map<RiskLevel, Instant> belowSince(RiskState state, RiskAssessed assessed) {
        Map<RiskLevel, Instant> below = new EnumMap<>(RiskLevel.class);
        BigDecimal value = BigDecimal.valueOf(assessed.index());
        boolean lasting = state.open().values().stream().anyMatch(OpenAlarm::overrides);
        for (RiskLevel level : RiskLevel.values()) {
            boolean overridden = lasting
                    && assessed.override() != null
                    && !level.above(assessed.override().level());
            if (model.isClearlyBelow(level, value) && !overridden) {
                below.put(level, state.belowSince().getOrDefault(level, assessed.at()));
            }
        }
        return below;
    }
}
