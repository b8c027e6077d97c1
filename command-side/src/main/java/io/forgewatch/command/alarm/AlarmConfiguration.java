package io.forgewatch.command.alarm;

import io.forgewatch.command.decision.EventFeed;
import io.forgewatch.command.decision.UnendedEvents;
import io.forgewatch.standing.StandingStreams;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs for alarms. */
@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {

    @Bean
    OpenAlarms openAlarms(EventFeed feed, UnendedEvents unended, StandingStreams streams, MeterRegistry registry) {
        OpenAlarms alarms = new OpenAlarms(feed, unended, streams);
        Gauge.builder("forgewatch.alarms.open", alarms, OpenAlarms::size).register(registry);
        Gauge.builder("forgewatch.alarms.open.behind", alarms, OpenAlarms::behind)
                .description("Stored events that the table of open alarms did not have when that was last looked at")
                .register(registry);
        return alarms;
    }

    @Bean
    OpenAlarmsHealth openAlarmsHealthIndicator(OpenAlarms openAlarms) {
        return new OpenAlarmsHealth(openAlarms);
    }
}
