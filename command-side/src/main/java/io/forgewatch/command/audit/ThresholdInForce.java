package io.forgewatch.command.audit;

import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.EventJson;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.alarm.AlarmEvent.AlarmRaised;
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
        return device.stream()
                .filter(traced -> traced.position() < alarm.position())
                .flatMap(traced -> limits(traced, raised))
                .reduce((older, newer) -> newer);
    }

    private static Stream<ThresholdInForce> limits(Traced traced, AlarmRaised raised) {
        JsonNode payload = EventJson.MAPPER.valueToTree(traced.recorded().event());
        return Stream.concat(
                        Stream.of(payload),
                        StreamSupport.stream(payload.path("points").spliterator(), false))
                .filter(point -> point.path("indicator").asString("").equals(raised.indicator()))
                .map(point -> point.path("limits"))
                .filter(limits -> limits.path("version").asInt(0) == raised.thresholdVersion())
                .map(limits -> new ThresholdInForce(
                        traced, raised.deviceId(), raised.indicator(), raised.thresholdVersion(), limits));
    }
}
