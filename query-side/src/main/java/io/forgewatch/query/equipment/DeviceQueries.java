package io.forgewatch.query.equipment;

import static com.mongodb.client.model.Filters.eq;

import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.telemetry.LiveReadings;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/** Finds devices within the caller's jurisdiction, with their latest readings. */
final class DeviceQueries {

    private static final Pattern CLASS = Pattern.compile("[0-9]{2}");

    private final View<DeviceFold.Kept> view;
    private final NewestFirst<DeviceFold.Kept> list;
    private final LiveReadings live;

    DeviceQueries(View<DeviceFold.Kept> view, LiveReadings live) {
        this.view = view;
        this.list = new NewestFirst<>(view);
        this.live = live;
    }

    Mono<DeviceDetail> one(Caller caller, String id) {
        caller.seen(DeviceId.FORM, id);
        return view.find(id).map(kept -> DeviceDetail.of(kept, live)).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<DeviceView>> page(Caller caller, ListParameters parameters) {
        List<Bson> filters = new ArrayList<>();
        parameters.text("class").ifPresent(given -> filters.add(eq("class", equipmentClass(given))));
        return list.page(caller, parameters, filters).map(page -> page.map(DeviceView::of));
    }

    private static String equipmentClass(String given) {
        if (!CLASS.matcher(given).matches()) {
            throw Problem.invalidParameter("class", "Two digits of the catalogue, such as 01. 应为两位设备类型代码。");
        }
        return given;
    }
}
