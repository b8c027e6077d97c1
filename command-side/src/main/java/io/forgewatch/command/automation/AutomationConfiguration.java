package io.forgewatch.command.automation;

import io.forgewatch.command.decision.Automation;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.AxonCommands;
import io.forgewatch.command.eventstore.Database;
import io.forgewatch.command.eventstore.DueDates;
import io.forgewatch.command.eventstore.EventRows;
import io.forgewatch.command.eventstore.R2dbcTokenStore;
import io.forgewatch.command.eventstore.RecentEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The automations' beans. */
@Configuration(proxyBeanMethods = false)
class AutomationConfiguration {

    @Bean
    ParkedRows parkedRows(Database database, R2dbcTokenStore tokens) {
        return new ParkedRows(database, tokens.owner());
    }

    @Bean
    Automations automations(
            ObjectProvider<Automation> automations,
            AxonCommands commands,
            DueDates dueDates,
            EventRows rows,
            RecentEvents recent,
            R2dbcTokenStore tokens,
            ParkedRows parked,
            AppendGate gate,
            Clock clock,
            ObjectProvider<MeterRegistry> meters) {
        List<AutomationRunner> runners = automations
                .orderedStream()
                .map(automation -> new AutomationRunner(automation, commands, dueDates, rows, parked, clock))
                .toList();
        return new Automations(
                runners, recent, tokens, parked, gate, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    AutomationHealth automationsHealthIndicator(Automations automations) {
        return new AutomationHealth(automations);
    }
}
