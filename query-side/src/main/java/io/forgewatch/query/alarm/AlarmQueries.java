package io.forgewatch.query.alarm;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import reactor.core.publisher.Mono;

/** Finds alarms within the caller's jurisdiction, and says of the open ones whether their points are still read. */
final class AlarmQueries {

    private final View<AlarmFold.Kept> view;
    private final NewestFirst<AlarmFold.Kept> list;
    private final LiveReadings live;

    AlarmQueries(View<AlarmFold.Kept> view, LiveReadings live) {
        this.view = view;
        this.list = new NewestFirst<>(view);
        this.live = live;
    }

    Mono<AlarmView> one(Caller caller, String id) {
        caller.seen(AlarmId.FORM, id);
        return view.find(id).map(this::seen).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<AlarmView>> page(Caller caller, ListParameters parameters) {
        AlarmFilters filters = AlarmFilters.of(parameters);
        return list.page(caller, parameters, filters::byVersion).map(page -> page.map(this::seen));
    }

    /** A point with an open limit alarm gets no alarm for its silence: this one shows it (dossier §3). */
    private AlarmView seen(AlarmFold.Kept kept) {
        AlarmView alarm = kept.alarm();
        String device = alarm.deviceId();
        String indicator = alarm.indicator();
        return device == null || indicator == null || alarm.status() == AlarmStatus.CLEARED
                ? alarm
                : alarm.unseen(live.unseenSince(device, indicator));
    }
}
