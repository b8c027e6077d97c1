package io.forgewatch.stack.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One enterprise whose readings are played: a frame a second; one that got no answer is sent again before the next. */
final class PlayedWorks {

    private static final Logger LOG = LoggerFactory.getLogger(PlayedWorks.class);

    private final GatewayDoor door;
    private final Map<Point, Series> points = new HashMap<>();
    private long sequence = System.currentTimeMillis();
    private double played;
    private GatewayDoor.@Nullable Frame unanswered;

    /** A point of a device. */
    record Point(String device, String indicator) {}

    PlayedWorks(GatewayDoor door, Country country, Country.Works works) {
        this.door = door;
        for (Country.Device device : country.devices(works)) {
            String id = works.deviceId(device);
            country.points(device)
                    .forEach(point -> points.put(
                            new Point(id, point.indicator()),
                            new SimulatedPoint(point, country.states(), points.size())));
        }
    }

    /** Lets a series drive a point in place of the simulation. */
    void drive(Point point, Series series) {
        if (points.put(point, series) == null) {
            throw new IllegalArgumentException("There is no point " + point);
        }
    }

    /** Sends one good reading of every point; false while the door does not know all of them yet. */
    boolean open() throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        List<GatewayDoor.Reading> readings = points.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof SimulatedPoint)
                .map(entry -> new GatewayDoor.Reading(
                        entry.getKey().device(),
                        entry.getKey().indicator(),
                        now,
                        ((SimulatedPoint) entry.getValue()).at(0)))
                .toList();
        GatewayDoor.Answer answer = door.send(new GatewayDoor.Frame(++sequence, readings));
        return answer.isAccepted() && answer.refused().isEmpty();
    }

    /**
     * Plays up to a moment.
     *
     * @param began when the play began, epoch milliseconds
     * @param seconds since then
     */
    void playTo(long began, double seconds) throws InterruptedException {
        if (unanswered == null) {
            unanswered = frame(began, seconds);
            played = seconds;
        }
        GatewayDoor.Frame frame = unanswered;
        if (frame == null) {
            return;
        }
        try {
            GatewayDoor.Answer answer = door.send(frame);
            if (answer.status() == 429 || answer.status() >= 500) {
                return;
            }
            if (!answer.isAccepted() || !answer.refused().isEmpty()) {
                LOG.warn("Frame {} of the demonstration: {} {}", frame.sequence(), answer.status(), answer.text());
            }
            unanswered = null;
        } catch (IOException lost) {
            LOG.debug("No answer for frame {}, it is sent again", frame.sequence(), lost);
        }
    }

    private GatewayDoor.@Nullable Frame frame(long began, double seconds) {
        List<GatewayDoor.Reading> readings = new ArrayList<>();
        points.forEach((point, series) -> series.between(played, seconds)
                .forEach(sample -> readings.add(new GatewayDoor.Reading(
                        point.device(),
                        point.indicator(),
                        began + Math.round(sample.seconds() * 1000),
                        sample.value()))));
        return readings.isEmpty() ? null : new GatewayDoor.Frame(++sequence, readings);
    }
}
