package io.forgewatch.command.automation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * DOWN when an automation goes no further, or leaves somebody's events alone: what it should do is left undone, for a whole country
 * or for one enterprise, and a person must act. Commands are taken all the same, so it says nothing of readiness.
 */
final class AutomationHealth implements ReactiveHealthIndicator {

    private final Automations automations;

    AutomationHealth(Automations automations) {
        this.automations = automations;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> {
            List<AutomationReport> reports = automations.reports();
            Map<String, Object> details = new TreeMap<>();
            reports.forEach(report -> details.put(report.name(), details(report)));
            boolean down = reports.stream().anyMatch(AutomationReport::needsAttention);
            return (down ? Health.down() : Health.up()).withDetails(details).build();
        });
    }

    private static Map<String, Object> details(AutomationReport report) {
        Map<String, Object> details = new TreeMap<>();
        details.put("here", report.here());
        details.put("position", report.position());
        details.put("lag", report.lag());
        Standstill standstill = report.standstill();
        if (standstill != null) {
            details.put("attempts", standstill.attempts());
            details.put("stopped", standstill.why());
        }
        if (!report.parked().isEmpty()) {
            details.put("parked", report.parked());
        }
        return details;
    }
}
