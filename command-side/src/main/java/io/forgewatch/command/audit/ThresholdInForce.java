package io.forgewatch.command.audit;

import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
import io.forgewatch.event.alarm.AlarmId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The limits that an alarm was judged by, and the event that set them.
 *
 * @param limits as that event has them
 */
record ThresholdInForce(Traced setBy, String deviceId, String indicator, int version, JsonNode limits) {

    /**
     * Looks through the events of the alarm's device: any of them that gives the indicator limits of that version, be it the
     * registration with its points or a later change of one of them.
     *
     * @param device the device's events in order
     */
    static Optional<ThresholdInForce> of(RecordedEvent alarm, AlarmRaised raised, List<Traced> device) {
        if (raised.deviceId() == null || raised.indicator() == null || raised.thresholdVersion() == 0) {
            return Optional.empty();
        }
        return device.stream()
                .filter(traced -> traced.position() < alarm.position())
                .flatMap(traced -> limits(traced, AlarmId.FORM.parse(raised.alarmId()), raised.thresholdVersion()))
                .reduce((older, newer) -> newer);
    }

    private static Stream<ThresholdInForce> limits(Traced traced, AlarmId alarm, int version) {
        JsonNode payload = EventJson.MAPPER.valueToTree(traced.recorded().event());
        return Stream.concat(
                        Stream.of(payload),
                        StreamSupport.stream(payload.path("points").spliterator(), false))
                .filter(point -> point.path("indicator").asString("").equals(alarm.indicator()))
                .map(point -> point.path("limits"))
                .filter(limits -> limits.path("version").asInt(0) == version)
                .map(limits -> new ThresholdInForce(traced, alarm.subject(), alarm.indicator(), version, limits));
    }
}
