package io.forgewatch.command.schedule;

import io.forgewatch.command.bulkhead.Blame;
import io.forgewatch.command.decision.Commands;
import io.forgewatch.command.eventstore.AppendGate;
import io.forgewatch.command.eventstore.Database;
import io.forgewatch.command.eventstore.DeciderNames;
import io.forgewatch.command.parking.Build;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The schedule's beans. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    Schedule schedule(
            Database database,
            Commands commands,
            DeciderNames names,
            Clock clock,
            AppendGate gate,
            Blame blame,
            Build build,
            ObjectProvider<MeterRegistry> meters) {
        Counter failures = Counter.builder("forgewatch.schedule.failures")
                .description("How often a due date was sent in vain")
                .register(meters.getIfAvailable(() -> Metrics.globalRegistry));
        return new Schedule(new DueDateRows(database, names, build), commands, names, clock, failures, gate, blame);
    }
}
