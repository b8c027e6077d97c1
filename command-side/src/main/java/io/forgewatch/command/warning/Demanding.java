package io.forgewatch.command.warning;

import io.forgewatch.command.warning.Issuing.Situation;
import io.forgewatch.event.risk.RiskLevel;
import io.forgewatch.event.warning.DeadlineKind;
import io.forgewatch.event.warning.Deadlines;
import io.forgewatch.event.warning.Demand;
import io.forgewatch.event.warning.DemandProgress;
import io.forgewatch.event.warning.WarningProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a segment demands 要求 of people (dossier §5 "Demands"). */
final class Demanding {

    private final WarningRules rules;

    Demanding(WarningRules rules) {
        this.rules = rules;
    }

    Demand first(RiskLevel level, Instant at) {
        return new Demand(1, level, rules.deadlines(level, level, at));
    }

    /**
     * Whether there is anything that makes a demand: a rise above what the last met demand was issued at, and above what the newest
     * one was; and once the newest one was signed, a grave alarm, or a rule that sets the level. Until then these join it.
     */
    boolean asks(Situation now) {
        WarningProgress progress = now.open().progress();
        boolean rises = now.rises()
                && (now.level().above(progress.lastMet())
                        || now.level().above(progress.demand().asked()));
        boolean worsens = now.open().worse()
                || now.open().demandsAt() != null
                || now.news().stream()
                        .anyMatch(alarm -> alarm.demands(rules.pace().again()));
        return rises || (progress.demand().signed() && worsens);
    }

    /** At most one in ten minutes, unless the level rises; a clock that was set back holds up nothing. */
    boolean may(Situation now) {
        return now.rises()
                || !now.at().isBefore(earliest(now.open()))
                || now.at().isBefore(now.open().progress().demand().issuedAt());
    }

    /** When the next may be made without a rise. */
    Instant earliest(OpenWarning open) {
        return open.progress().demand().issuedAt().plus(rules.pace().betweenDemands());
    }

    Demand next(Situation now) {
        DemandProgress newest = now.open().progress().demand();
        RiskLevel unverified = newest.isMet() || now.level().above(newest.level()) ? now.level() : newest.level();
        Deadlines asked = rules.deadlines(now.level(), unverified, now.at());
        return new Demand(
                newest.number() + 1,
                unverified,
                new Deadlines(
                        sooner(newest, DeadlineKind.SIGN, asked, now.at()),
                        sooner(newest, DeadlineKind.FEEDBACK, asked, now.at()),
                        sooner(newest, DeadlineKind.RESOLVE, asked, now.at()),
                        verify(newest, asked.verify(), now.at())));
    }

    /** What is still owed and falls due sooner stays due sooner; what is over is not stated again. */
    private static Instant sooner(DemandProgress newest, DeadlineKind kind, Deadlines asked, Instant at) {
        Instant known = newest.deadlines().of(kind);
        return newest.owes(kind) && isSooner(known, asked.of(kind), at) ? known : asked.of(kind);
    }

    private static @Nullable Instant verify(DemandProgress newest, @Nullable Instant asked, Instant at) {
        Instant known = newest.deadlines().verify();
        return known != null && asked != null && !newest.isMet() && isSooner(known, asked, at) ? known : asked;
    }

    private static boolean isSooner(Instant known, Instant asked, Instant at) {
        return known.isAfter(at) && known.isBefore(asked);
    }
}
