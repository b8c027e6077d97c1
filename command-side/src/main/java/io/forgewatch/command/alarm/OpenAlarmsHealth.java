package io.forgewatch.command.alarm;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether the table of open alarms is there, and how far behind the store it was when last looked at; DOWN when that lasts, since
 * detection then says on and on what is long done, and believes open what is not.
 */
final class OpenAlarmsHealth implements ReactiveHealthIndicator {

    private final OpenAlarms alarms;

    OpenAlarmsHealth(OpenAlarms alarms) {
        this.alarms = alarms;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> (!alarms.isCaughtUp()
                        ? Health.outOfService()
                        : alarms.isLeftBehind() ? Health.down() : Health.up())
                .withDetail("open", alarms.size())
                .withDetail("position", alarms.position())
                .withDetail("behind", alarms.behind())
                .build());
    }
}
