package io.forgewatch.command.web;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.web.Caller;

/** Reads ids from a path: what has not the form of an id, or is of another jurisdiction, is not there (404). */
public final class PathIds {

    private PathIds() {}

    public static EnterpriseId enterprise(String id, Caller caller) {
        return caller.seen(EnterpriseId.FORM, id);
    }

    public static GatewayId gateway(String id, Caller caller) {
        return caller.seen(GatewayId.FORM, id);
    }

    public static DeviceId device(String id, Caller caller) {
        return caller.seen(DeviceId.FORM, id);
    }

    public static AlarmId alarm(String id, Caller caller) {
        return caller.seen(AlarmId.FORM, id);
    }

    public static WarningId warning(String id, Caller caller) {
        return caller.seen(WarningId.FORM, id);
    }
}
