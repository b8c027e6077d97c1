package io.forgewatch.query.projection;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * DOWN when a view goes no further: it grows old and a person must act. ATTENTION when it goes on, but somebody is parked,
 * the store or the broker does not let it, nobody folds it until its successor is built, something differs from its events, or a rebuild did not come to its end.
 */
final class ProjectionHealth implements HealthIndicator {

    static final Status ATTENTION = new Status("ATTENTION", "A view goes on, but a person must look at it");

    private final Projections projections;

    ProjectionHealth(Projections projections) {
        this.projections = projections;
    }

    @Override
    public Health health() {
        List<ViewReport> reports = projections.reports();
        Map<String, Object> details = new TreeMap<>();
        reports.forEach(report -> details.put(report.name(), details(report)));
        return Health.status(status(reports)).withDetails(details).build();
    }

    private static Status status(List<ViewReport> reports) {
        if (reports.stream().map(ViewReport::stopped).anyMatch(Objects::nonNull)) {
            return Status.DOWN;
        }
        return reports.stream().anyMatch(ViewReport::needsAttention) ? ATTENTION : Status.UP;
    }

    private static Map<String, Object> details(ViewReport report) {
        Map<String, Object> details = new TreeMap<>();
        details.put("version", report.version());
        details.put("position", report.position());
        put(details, "stopped", report.stopped());
        put(details, "trouble", report.trouble());
        put(details, "building", report.building());
        put(details, "givenUp", report.givenUp());
        put(details, "parked", report.parked().isEmpty() ? null : report.parked());
        put(details, "drift", report.drift().isEmpty() ? null : report.drift());
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }
}
