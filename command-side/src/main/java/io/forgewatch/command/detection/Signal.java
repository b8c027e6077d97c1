package io.forgewatch.command.detection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.alarm.AlarmEvent.CausingReading;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.alarm.Fault;
import io.forgewatch.event.alarm.Limit;
import io.forgewatch.event.equipment.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What detection says of a limit, or of what else it watches, as JSON on the topic {@code forgewatch.signals}, key: enterprise
 * id. What was said before there were faults, gateways and points in it is read as having none; what a later release says beside
 * is passed over. What it says in words that are not known here, or under a higher version, is kept for code that knows them ({@link
 * NewerSignal}).
 *
 * @param deviceId the subject of the alarm ({@link AlarmId#subject()}), which was a device first
 * @param equipmentClass null where the subject is no device
 * @param area name of the area 区域, null where the subject is in none
 * @param indicator of the point, or {@value AlarmId#NONE}
 * @param onset epoch milliseconds of the first reading beyond the limit
 * @param limit the highest limit of this breach
 * @param value in the unit: the last one beyond the limit, or the last one for a return; null where no value made it
 * @param threshold the limit's number, null where there is none, as for states
 * @param thresholdVersion of the point's limits, 0 where there are none
 * @param unit null where the subject is no point
 * @param readings those that caused it
 * @param at when it became so, by arrival
 * @param assertion 0 for the first time, then counting repeats
 * @param fault what is wrong, where the direction is QUALITY
 * @param gateway through which it would be heard: of RUNNING_BLIND and of silent points
 * @param points for which it stands, as {@code <device>.<indicator>}; at most 50 are named
 * @param pointCount for how many it stands, 0 where it is of its own subject only
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Signal(
        Verdict.Kind kind,
        String deviceId,
        @Nullable String equipmentClass,
        @Nullable String area,
        String indicator,
        Direction direction,
        long onset,
        Limit limit,
        Severity severity,
        @Nullable Double value,
        @Nullable Double threshold,
        int thresholdVersion,
        @Nullable String unit,
        List<CausingReading> readings,
        Instant at,
        int assertion,
        @Nullable Fault fault,
        @Nullable String gateway,
        List<String> points,
        int pointCount) {

    Signal {
        readings = List.copyOf(readings);
        points = List.copyOf(points);
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
                verdict.assertion(),
                null,
                null,
                List.of(),
                0);
    }

    /**
     * What is said of a fault.
     *
     * @param device the subject, where it is one
     */
    static Signal of(FaultAlarm alarm, Verdict.Kind kind, @Nullable Device device, long at) {
        FaultSpec spec = alarm.spec();
        return new Signal(
                kind,
                spec.subject(),
                device == null ? null : device.equipmentClass(),
                device == null ? null : device.area(),
                spec.indicator(),
                spec.direction(),
                alarm.onset(),
                spec.limit(),
                spec.severity(),
                null,
                null,
                0,
                null,
                List.of(),
                Instant.ofEpochMilli(at),
                alarm.assertions(),
                spec.fault(),
                spec.gateway(),
                spec.points(),
                spec.pointCount());
    }

    AlarmId alarm() {
        return new AlarmId(deviceId, indicator, direction, onset);
    }

    /** What it is about, in whose order it goes: a point and a direction; what is late is about nothing else. */
    String subject() {
        String point = deviceId + '.' + indicator + '.' + direction;
        return kind == Verdict.Kind.LATE ? "late " + point + '.' + onset : point;
    }

    /** What it says: whatever says the same later supersedes it. */
    String entry() {
        return kind + " " + onset;
    }

    byte[] json() {
        return EventJson.MAPPER.writeValueAsBytes(this);
    }

    /** Raised with whatever older code would misread: it keeps what is of a higher one than it knows. */
    @JsonProperty(NewerSignal.VERSION_FIELD)
    int version() {
        return NewerSignal.VERSION;
    }

    /**
     * @throws NewerSignalException when only newer code can read it
     * @throws IllegalArgumentException when the bytes are no signal
     */
    static Signal of(byte[] json) {
        try {
            if (!(EventJson.MAPPER.readTree(json) instanceof ObjectNode said)) {
                throw new IllegalArgumentException("No object");
            }
            NewerSignal.refuse(said);
            if (!said.has("points")) {
                said.putArray("points");
                said.put("pointCount", 0);
            }
            return sound(EventJson.MAPPER.treeToValue(said, Signal.class));
        } catch (JacksonException noSignal) {
            throw new IllegalArgumentException(noSignal.getOriginalMessage(), noSignal);
        }
    }

    /** The mapper takes what is missing for null. */
    private static Signal sound(Signal signal) {
        boolean whole = Stream.of(signal.kind, signal.direction, signal.limit, signal.severity, signal.at)
                .noneMatch(Objects::isNull);
        if (!whole
                || !signal.limit.isOf(signal.direction)
                || !AlarmId.FORM.isOne(signal.alarm().toString())) {
            throw new IllegalArgumentException("Of no alarm: " + signal);
        }
        return signal;
    }
}
