package io.forgewatch.command.automation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What is measured of an automation. */
final class AutomationMeters {

    private AutomationMeters() {}

    static void measure(AutomationRun run, MeterRegistry meters) {
        measure(run, meters, "position", "Up to which event all is done", AutomationReport::position);
        measure(run, meters, "lag", "Events stored and not yet handled", AutomationReport::lag);
        measure(
                run,
                meters,
                "parked",
                "Whose events are left alone",
                report -> report.parked().size());
        measure(
                run,
                meters,
                "attempts",
                "How often it has failed where it stands; 0 while it goes on",
                AutomationReport::attempts);
    }

    private static void measure(
            AutomationRun run,
            MeterRegistry meters,
            String what,
            String description,
            ToDoubleFunction<AutomationReport> value) {
        Gauge.builder("forgewatch.automation." + what, run, one -> value.applyAsDouble(one.report()))
                .description(description)
                .tag("automation", run.name())
                .register(meters);
    }
}
