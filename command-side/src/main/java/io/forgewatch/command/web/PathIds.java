package io.forgewatch.command.web;

import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.telemetry.GatewayId;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;

/** Reads ids from a path: what has not the form of an id, or is of another jurisdiction, is not there (404). */
public final class PathIds {

    private PathIds() {}

    public static EnterpriseId enterprise(String id, Caller caller) {
        if (!EnterpriseId.isOne(id)) {
            throw Problem.notFound();
        }
        EnterpriseId enterprise = new EnterpriseId(id);
        caller.mustSee(enterprise);
        return enterprise;
    }

    public static GatewayId gateway(String id, Caller caller) {
        if (!GatewayId.isOne(id)) {
            throw Problem.notFound();
        }
        GatewayId gateway = new GatewayId(id);
        caller.mustSee(gateway.enterprise());
        return gateway;
    }

    public static DeviceId device(String id, Caller caller) {
        if (!DeviceId.isOne(id)) {
            throw Problem.notFound();
        }
        DeviceId device = new DeviceId(id);
        caller.mustSee(device.enterprise());
        return device;
    }

    public static AlarmId alarm(String id, Caller caller) {
        if (!AlarmId.isOne(id)) {
            throw Problem.notFound();
        }
        caller.mustSee(EnterpriseId.of(id));
        return AlarmId.parse(id);
    }

    public static WarningId warning(String id, Caller caller) {
        if (!WarningId.isOne(id)) {
            throw Problem.notFound();
        }
        caller.mustSee(EnterpriseId.of(id));
        WarningId warning = WarningId.parse(id);
        return known(warning.toString(), id) ? warning : missing();
    }

    /** An id with leading zeros in its number reads as another one. */
    private static boolean known(String read, String given) {
        return read.equals(given);
    }

    private static <T> T missing() {
        throw Problem.notFound();
    }
}
