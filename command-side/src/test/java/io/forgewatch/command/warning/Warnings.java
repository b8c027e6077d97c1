package io.forgewatch.command.warning;

import static io.forgewatch.command.alarm.Alarms.ENTERPRISE;
import static io.forgewatch.command.alarm.Alarms.START;
import static io.forgewatch.command.alarm.Alarms.raised;

import io.forgewatch.command.decision.Given;
import io.forgewatch.command.warning.WarningCommand.CloseWarningWhenDone;
import io.forgewatch.command.warning.WarningCommand.ConsiderWarning;
import io.forgewatch.command.warning.WarningCommand.SignWarning;
import io.forgewatch.command.warning.WarningCommand.VerifyWarning;
import io.forgewatch.event.alarm.AlarmEvent.AlarmBreachedAgain;
import io.forgewatch.event.alarm.AlarmEvent.AlarmCleared;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmEvent.AlarmReturned;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackAccepted;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackReturned;
import io.forgewatch.event.feedback.FeedbackEvent.FeedbackSubmitted;
import io.forgewatch.event.personal.PersonalText;
import io.forgewatch.event.risk.RiskEvent.Contributions;
import io.forgewatch.event.risk.RiskEvent.Held;
import io.forgewatch.event.risk.RiskEvent.RiskAssessed;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.risk.RiskOverride;
import io.forgewatch.event.warning.WarningId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For tests: the warnings of one works, minute by minute. */
final class Warnings {

    static final WarningRules RULES = WarningRules.standard();
    static final WarningId ID = new WarningId(ENTERPRISE, 1);
    static final String W1 = ID.toString();
    static final AlarmRaised PRESSURE = raised("BF_CW_P", Limit.LL, Severity.A, Duration.ZERO);
    static final AlarmRaised TUYERE = raised("BF_TUY_DF", Limit.HH, Severity.A, Duration.ofMinutes(2));

    private Warnings() {}

    static Given<WarningState, WarningCommand> given() {
        return Given.nothing(new Warning(Catalogue.standard(), RULES));
    }

    /** The pressure alarm made the level and a warning was issued. */
    static Given<WarningState, WarningCommand> warned(RiskLevel level) {
        return given().and(PRESSURE, assessed(level, 0)).and(consider(0));
    }

    static Instant minute(double minutes) {
        return START.plus(Duration.ofMillis(Math.round(minutes * 60_000)));
    }

    static double index(RiskLevel level) {
        return switch (level) {
            case BLUE -> 0;
            case YELLOW -> 40;
            case ORANGE -> 60;
            case RED -> 80;
        };
    }

    static RiskAssessed assessed(RiskLevel level, double minutes) {
        return assessed(level, index(level), null, minutes);
    }

    static RiskAssessed assessed(RiskLevel level, double index, @Nullable RiskOverride override, double minutes) {
        return new RiskAssessed(
                ENTERPRISE,
                index,
                level,
                RiskLevel.BLUE,
                override,
                override == null ? List.of() : List.of(new Held(override, PRESSURE.alarmId())),
                new Contributions(index, 0, null, 1, List.of()),
                "1",
                minute(minutes));
    }

    /** The index says the level itself, and the rule of ten minutes holds on that alarm. */
    static RiskAssessed holding(RiskLevel level, AlarmRaised on, double minutes) {
        RiskAssessed assessed = assessed(level, minutes);
        return new RiskAssessed(
                assessed.enterpriseId(),
                assessed.index(),
                assessed.level(),
                assessed.previousLevel(),
                null,
                List.of(new Held(RiskOverride.A_LIMIT_10_MINUTES, on.alarmId())),
                assessed.contributions(),
                assessed.modelVersion(),
                assessed.at());
    }

    static ConsiderWarning consider(double minutes) {
        return new ConsiderWarning(new EnterpriseId(ENTERPRISE), minute(minutes));
    }

    static CloseWarningWhenDone close(double minutes) {
        return new CloseWarningWhenDone(new EnterpriseId(ENTERPRISE), minute(minutes));
    }

    static SignWarning sign(double minutes) {
        return new SignWarning(ID, "zhao", minute(minutes));
    }

    static VerifyWarning verify(boolean passed, double minutes) {
        return new VerifyWarning(ID, passed, "现场核查", "qian", minute(minutes));
    }

    static FeedbackSubmitted submitted(int number, int demand) {
        return new FeedbackSubmitted(
                W1, number, demand, "泵跳闸", "切换", PersonalText.plain("王"), START, "zhao", minute(20));
    }

    static FeedbackAccepted accepted(int number) {
        return new FeedbackAccepted(W1, number, "qian", minute(25));
    }

    static FeedbackReturned returned(int number) {
        return new FeedbackReturned(W1, number, "不充分", "qian", minute(25));
    }

    static AlarmCleared cleared(AlarmRaised raised) {
        return new AlarmCleared(raised.alarmId(), "zhao", "c", "m", minute(30));
    }

    static AlarmReturned back(AlarmRaised raised, double minutes) {
        return new AlarmReturned(raised.alarmId(), 0.35, minute(minutes));
    }

    static AlarmBreachedAgain again(AlarmRaised raised, double minutes) {
        return new AlarmBreachedAgain(raised.alarmId(), raised.limit(), 0.19, 60_000, minute(minutes));
    }

    static AlarmRaised alarm(String indicator, Limit limit, Severity severity, double minutes) {
        return raised(indicator, limit, severity, Duration.between(START, minute(minutes)));
    }
}
