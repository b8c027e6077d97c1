package io.forgewatch.query.patrol;

import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import java.time.Clock;
import reactor.core.publisher.Mono;

/** The counters of the caller's jurisdiction, or of a part of it. */
final class OverviewQueries {

    private final View<Tally> scopes;
    private final LiveReadings live;
    private final Clock clock;

    OverviewQueries(View<Tally> scopes, LiveReadings live, Clock clock) {
        this.scopes = scopes;
        this.live = live;
        this.clock = clock;
    }

    Mono<OverviewView> of(Caller caller, ListParameters parameters) {
        Jurisdiction scope = NewestFirst.scope(caller, parameters).orElseThrow(Problem::notFound);
        // Asked before the counters are read: what is said to be counted is.
        return scopes.position()
                .flatMap(position -> scopes.find(scope.wire())
                        .defaultIfEmpty(Tally.NONE)
                        .map(tally ->
                                OverviewView.of(scope.wire(), position, tally, live.census(scope), clock.instant())));
    }
}
