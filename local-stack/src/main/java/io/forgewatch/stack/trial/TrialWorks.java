package io.forgewatch.stack.trial;

import io.forgewatch.event.enterprise.RiskProfile;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.stack.RunFile;
import io.forgewatch.stack.StackException;
import io.forgewatch.stack.demo.CommandApi;
import io.forgewatch.stack.demo.GatewayDoor;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** One works of a trial: a device for each point, one gateway, a frame with all points at each beat. */
final class TrialWorks {

    private static final String REGION = "370211";

    private final String id;
    private final String gatewayId;
    private final List<Point> points;
    private final GatewayDoor door;
    private final AtomicLong lost = new AtomicLong();
    private long sequence = System.currentTimeMillis();

    private TrialWorks(String id, String gatewayId, List<Point> points, GatewayDoor door) {
        this.id = id;
        this.gatewayId = gatewayId;
        this.points = List.copyOf(points);
        this.door = door;
    }

    /** A point of a device of its own. */
    record Point(String device, TrialPoint kind) {

        /** Device and indicator. */
        String name() {
            return device + "." + kind.indicator();
        }
    }

    /**
     * Registers it through the command side's API.
     *
     * @param number of the works, from 1
     * @param kinds of its points, in order
     */
    static TrialWorks register(HttpClient client, RunFile run, CommandApi api, int number, List<TrialPoint> kinds)
            throws IOException, InterruptedException {
        String id = "GT" + REGION + "%04d".formatted(number);
        api.post(
                "/enterprises",
                Map.of(
                        "id",
                        id,
                        "name",
                        "Trial works " + number,
                        "region",
                        REGION,
                        "industry",
                        RiskProfile.STEEL_LONG.industry(),
                        "profile",
                        RiskProfile.STEEL_LONG),
                "trial-" + id);
        List<Point> points = new ArrayList<>();
        for (TrialPoint kind : kinds) {
            String device = id + kind.equipmentClass() + "%04d".formatted(points.size() + 1);
            api.post(
                    "/enterprises/" + id + "/devices",
                    Map.of(
                            "id",
                            device,
                            "name",
                            "Device " + (points.size() + 1),
                            "area",
                            "Hall " + (points.size() + 1),
                            "indicators",
                            List.of(PointRatings.of(kind.indicator()))),
                    "trial-" + device);
            points.add(new Point(device, kind));
        }
        JsonNode gateway = api.post("/enterprises/" + id + "/gateways", Map.of(), "trial-gateway-" + id);
        RunFile.Gateway own = new RunFile.Gateway(
                gateway.required("id").asString(),
                id,
                gateway.required("secret").asString());
        return new TrialWorks(id, own.id(), points, new GatewayDoor(client, run.commands(), own));
    }

    String id() {
        return id;
    }

    List<Point> points() {
        return points;
    }

    String gatewayId() {
        return gatewayId;
    }

    /** Frames that were not taken. */
    long lost() {
        return lost.get();
    }

    /** Whether the door takes a good reading of every point. */
    boolean isKnown() throws InterruptedException {
        try {
            GatewayDoor.Answer answer = door.send(frame(false));
            return answer.isAccepted() && answer.refused().isEmpty();
        } catch (IOException unanswered) {
            return false;
        }
    }

    /** Sends one reading of every point; a frame that is not taken is counted, and the next one has newer values. */
    void beat(boolean broken) throws InterruptedException {
        try {
            GatewayDoor.Answer answer = door.send(frame(broken));
            if (answer.isAccepted() && !answer.refused().isEmpty()) {
                throw new StackException("Readings of the trial are refused: " + answer.text());
            }
            if (!answer.isAccepted()) {
                lost.incrementAndGet();
            }
        } catch (IOException unanswered) {
            lost.incrementAndGet();
        }
    }

    /** A number that no frame had, and none will have of those that it makes itself. */
    synchronized long nextNumber() {
        return sequence + 1_000_000;
    }

    /** The frame of a number with good readings of a time: always the same. */
    GatewayDoor.Frame frame(long number, long at) {
        return frame(number, at, false);
    }

    GatewayDoor.Answer send(GatewayDoor.Frame frame) throws IOException, InterruptedException {
        return door.send(frame);
    }

    private synchronized GatewayDoor.Frame frame(boolean broken) {
        sequence++;
        return frame(sequence, System.currentTimeMillis(), broken);
    }

    private GatewayDoor.Frame frame(long number, long at, boolean broken) {
        return new GatewayDoor.Frame(
                number,
                points.stream()
                        .map(point -> new GatewayDoor.Reading(
                                point.device(),
                                point.kind().indicator(),
                                at,
                                point.kind().value(broken, number)))
                        .toList());
    }
}
