package io.forgewatch.query.outlet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** ATTENTION when something was told nobody because it cannot be read, or when what there is to say cannot be read at the moment. */
final class OutletHealth implements HealthIndicator {

    private static final Status ATTENTION =
            new Status("ATTENTION", "Something is told nobody, and a person must look at it");

    private final List<Outlet<?>> outlets;

    OutletHealth(List<Outlet<?>> outlets) {
        this.outlets = List.copyOf(outlets);
    }

    @Override
    public Health health() {
        Map<String, Object> details = new TreeMap<>();
        outlets.forEach(outlet -> details.put(outlet.view().name(), details(outlet)));
        boolean well = outlets.stream()
                .allMatch(outlet -> outlet.unreadable() == 0 && outlet.trouble().isEmpty());
        return Health.status(well ? Status.UP : ATTENTION).withDetails(details).build();
    }

    private static Map<String, Object> details(Outlet<?> outlet) {
        Map<String, Object> details = new TreeMap<>();
        details.put("behind", outlet.behind());
        details.put("unreadable", outlet.unreadable());
        outlet.trouble().ifPresent(why -> details.put("trouble", why));
        return details;
    }
}
