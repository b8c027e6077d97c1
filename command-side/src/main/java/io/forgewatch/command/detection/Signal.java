package io.forgewatch.command.detection;

import com.github.f4b6a3.uuid.UuidCreator;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What detection says of a limit, as JSON on the topic {@code forgewatch.signals}, key: enterprise id.
 *
 * @param onset epoch milliseconds of the first reading beyond the limit
 * @param limit the highest limit of this breach
 * @param value in the unit: the last one beyond the limit, or the last one for a return
 * @param threshold the limit's number, null for states
 * @param readings those that caused it
 * @param at when it became so, by arrival
 * @param assertion 0 for the first time, then counting repeats
 */
record Signal(
        Verdict.Kind kind,
        String deviceId,
        String equipmentClass,
        String area,
        String indicator,
        Direction direction,
        long onset,
        Limit limit,
        Severity severity,
        double value,
        @Nullable Double threshold,
        int thresholdVersion,
        String unit,
        List<CausingReading> readings,
        Instant at,
        int assertion) {

    /** Namespace of signal ids. */
    private static final UUID NAMESPACE = UUID.fromString("5f1b7a52-7c0e-4d0a-9c7e-1d9d3f6a2b10");

    Signal {
        readings = List.copyOf(readings);
    }

    static Signal of(Device device, PointRule rule, Verdict verdict) {
        return new Signal(
                verdict.kind(),
                device.id(),
                device.equipmentClass(),
                device.area(),
                rule.point().indicator(),
                verdict.direction(),
                verdict.onset(),
                rule.limit(verdict.direction(), verdict.depth()),
                rule.point().severity(),
                verdict.value(),
                rule.threshold(verdict.direction(), verdict.depth()),
                rule.point().limits().version(),
                rule.point().unit(),
                verdict.readings().stream().map(Sample::cause).toList(),
                Instant.ofEpochMilli(verdict.at()),
                verdict.assertion());
    }

    AlarmId alarm() {
        return new AlarmId(deviceId, indicator, direction, onset);
    }

    /** The same for the same breach and limit, however often it is said after a crash; repeats by the clock have their own. */
    UUID signalId() {
        return UuidCreator.getNameBasedSha1(NAMESPACE, alarm() + "/" + kind + "/" + limit + "/" + assertion);
    }

    byte[] json() {
        return EventJson.MAPPER.writeValueAsBytes(this);
    }

    /** @throws tools.jackson.core.JacksonException when the bytes are no signal */
    static Signal of(byte[] json) {
        return EventJson.MAPPER.readValue(json, Signal.class);
    }
}
