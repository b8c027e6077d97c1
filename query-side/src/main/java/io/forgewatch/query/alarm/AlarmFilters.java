package io.forgewatch.query.alarm;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.conversions.Bson;

/**
 * Which alarms of a jurisdiction are asked for.
 *
 * @param subject without it alarms of devices only: clients of 1.0 know no others
 */
record AlarmFilters(
        Optional<String> subject,
        Optional<String> device,
        Optional<Boolean> open,
        Optional<AlarmStatus> status,
        Optional<Severity> severity) {

    /** The first version whose documents know their subject and whether they are open. */
    private static final int WITH_SUBJECT = 2;

    private static final List<String> OPEN = Stream.of(AlarmStatus.values())
            .filter(status -> status != AlarmStatus.CLEARED)
            .map(AlarmStatus::name)
            .toList();

    /** @throws Problem 400 when one is not as it must be */
    static AlarmFilters of(ListParameters parameters) {
        return new AlarmFilters(
                parameters.text("subject").map(AlarmFilters::subject),
                parameters.text("deviceId").map(AlarmFilters::device),
                parameters.truth("open"),
                parameters.oneOf("status", AlarmStatus.class),
                parameters.oneOf("severity", Severity.class));
    }

    /**
     * As documents of that version are asked. Those of before are of devices alone, and have no field for what is open.
     *
     * @throws Problem 503 when such documents can't tell
     */
    List<Bson> byVersion(int version) {
        boolean known = version >= WITH_SUBJECT;
        List<Bson> filters = new ArrayList<>();
        filters.add(subject.map(given -> known ? eq(AlarmFold.SUBJECT, given) : eq(AlarmFold.DEVICE, deviceOnly(given)))
                .orElse(ne(AlarmFold.DEVICE, null)));
        device.ifPresent(given -> filters.add(eq(AlarmFold.DEVICE, given)));
        open.ifPresent(given -> filters.add(known ? eq(AlarmFold.OPEN, given) : byStatus(given)));
        status.ifPresent(given -> filters.add(eq("status", given.name())));
        severity.ifPresent(given -> filters.add(eq("severity", given.name())));
        return filters;
    }

    private static Bson byStatus(boolean open) {
        return open ? in("status", OPEN) : eq("status", AlarmStatus.CLEARED.name());
    }

    private static String deviceOnly(String subject) {
        if (!DeviceId.FORM.isOne(subject)) {
            throw Problem.viewBuilding();
        }
        return subject;
    }

    private static String subject(String given) {
        if (!AlarmId.isSubject(given)) {
            throw Problem.invalidParameter(
                    "subject", "A device, gateway, camera, area or enterprise, such as GT3702110001-G1. 应为对象编码。");
        }
        return given;
    }

    private static String device(String given) {
        if (!DeviceId.FORM.isOne(given)) {
            throw Problem.invalidParameter("deviceId", "A device id such as GT3702110001010001. 应为设备编码。");
        }
        return given;
    }
}
