package io.forgewatch.query.alarm;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.query.projection.View;
import io.forgewatch.query.web.NewestFirst;
import io.forgewatch.web.Caller;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/** Finds alarms within the caller's jurisdiction. */
final class AlarmQueries {

    private final View<AlarmFold.Kept> view;
    private final NewestFirst<AlarmFold.Kept> list;

    AlarmQueries(View<AlarmFold.Kept> view) {
        this.view = view;
        this.list = new NewestFirst<>(view);
    }

    Mono<AlarmView> one(Caller caller, String id) {
        if (!AlarmId.isOne(id)) {
            return Mono.error(Problem.notFound());
        }
        caller.mustSee(EnterpriseId.of(id));
        return view.find(id).map(AlarmFold.Kept::alarm).switchIfEmpty(Mono.error(Problem::notFound));
    }

    Mono<Page<AlarmView>> page(Caller caller, ListParameters parameters) {
        List<Bson> filters = new ArrayList<>();
        filters.add(about(parameters));
        parameters.text("deviceId").ifPresent(device -> filters.add(eq(AlarmFold.DEVICE, device(device))));
        parameters.truth("open").ifPresent(open -> filters.add(eq(AlarmFold.OPEN, open)));
        parameters.oneOf("status", AlarmStatus.class).ifPresent(status -> filters.add(eq("status", status.name())));
        parameters
                .oneOf("severity", Severity.class)
                .ifPresent(severity -> filters.add(eq("severity", severity.name())));
        return list.page(caller, parameters, filters).map(page -> page.map(AlarmFold.Kept::alarm));
    }

    /** Clients of 1.0 know alarms of devices only: those of other subjects are there for who asks for one. */
    private static Bson about(ListParameters parameters) {
        return parameters.text("subject").map(AlarmQueries::subject).orElse(ne(AlarmFold.DEVICE, null));
    }

    private static Bson subject(String given) {
        if (!AlarmId.isSubject(given)) {
            throw Problem.invalidParameter(
                    "subject", "A device, gateway, camera, area or enterprise, such as GT3702110001-G1. 应为对象编码。");
        }
        return eq(AlarmFold.SUBJECT, given);
    }

    private static String device(String given) {
        if (!DeviceId.isOne(given)) {
            throw Problem.invalidParameter("deviceId", "A device id such as GT3702110001010001. 应为设备编码。");
        }
        return given;
    }
}
