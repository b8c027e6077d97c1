package io.forgewatch.command.automation;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.Database;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.EventRows;
import io.forgewatch.command.eventstore.R2dbcTokenStore;
import io.forgewatch.command.eventstore.RecentEvents;
import io.forgewatch.command.parking.Build;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The automations' beans. */
@Configuration(proxyBeanMethods = false)
class AutomationConfiguration {

    @Bean
    ParkedRows parkedRows(Database database, R2dbcTokenStore tokens, Build build) {
        return new ParkedRows(database, tokens.owner(), build);
    }

    @Bean
    Automations automations(
            ObjectProvider<Automation> automations,
            Commands commands,
            DeciderNames names,
            Blame blame,
            DueDates dueDates,
            EventRows rows,
            RecentEvents recent,
            R2dbcTokenStore tokens,
            ParkedRows parked,
            AppendGate gate,
            Clock clock,
            ObjectProvider<MeterRegistry> meters) {
        Means means = new Means(
                commands,
                names,
                dueDates,
                rows,
                parked,
                Means.liveTurns(),
                Means.turnsAside(),
                new Tries(blame, Schedulers.parallel()),
                clock);
        List<AutomationRunner> runners = automations
                .orderedStream()
                .map(automation -> new AutomationRunner(automation, means))
                .toList();
        return new Automations(
                runners, recent, tokens, parked, gate, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    AutomationHealth automationsHealthIndicator(Automations automations) {
        return new AutomationHealth(automations);
    }
}
