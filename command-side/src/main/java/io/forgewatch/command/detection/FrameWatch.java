package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.Quality;
import io.forgewatch.event.telemetry.Readings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Takes the readings of one frame to the points that they are of. */
final class FrameWatch {

    private final Frame frame;
    private final WorksWatch works;
    private final long heard;
    private final LiveDevices devices;
    private final Said.Speech speech;
    private final OpenAlarms table;
    private final Failures failures;
    private final long arrival;
    private final List<LiveDevice> touched = new ArrayList<>();
    private int unknown;

    /**
     * The frame to be taken.
     *
     * @param arrival when it counts as arrived: what its door says, but never later than now, by the clock of whoever judges. What a
     *     door with a fast clock stamped would else hold up every delay by as much as that is ahead
     * @param heard what the partition has heard until now ({@link Hearing#now})
     * @param failures hears of a point whose readings could not be taken: those of the others are
     */
    FrameWatch(
            Frame frame,
            long arrival,
            WorksWatch works,
            long heard,
            LiveDevices devices,
            Said.Speech speech,
            OpenAlarms table,
            Failures failures) {
        this.frame = frame;
        this.arrival = arrival;
        this.works = works;
        this.heard = heard;
        this.failures = failures;
        this.devices = devices;
        this.speech = speech;
        this.table = table;
    }

    /** The devices that it named and that are registered. */
    List<LiveDevice> touched() {
        return touched;
    }

    /** How many readings were of points that are not registered. */
    int unknown() {
        return unknown;
    }

    /** A reading that waits until all of its device are there, since gates are read first. */
    private record Waiting(int place, Sample sample, boolean key, boolean stale) {

        private static final Comparator<Waiting> BY_TIME = Comparator.comparingLong(
                        (Waiting waiting) -> waiting.sample.at())
                .thenComparing(waiting -> !waiting.key);
    }

    /** One device of the frame. */
    private record Named(
            LiveDevice device, Said said, @Nullable List<Waiting> waiting) {}

    void run() {
        GatewayHearing gateway = works.gateway(frame.gatewayId());
        gateway.heard(heard);
        boolean stale = gateway.isStale();
        // A clock that went back makes old what is new; what waited and is sent now, or again, is old.
        boolean newer = gateway.follows(frame.sequence()) && gateway.standsBack(arrival);
        long newest = 0;
        Readings readings = frame.readings();
        @Nullable Named[] named = new Named[readings.devices()];
        boolean[] looked = new boolean[readings.devices()];
        while (readings.next()) {
            int number = readings.device();
            if (!looked[number]) {
                looked[number] = true;
                named[number] = named(readings.deviceId());
            }
            newest = Math.max(newest, readings.at());
            read(named[number], readings, stale || (newer && readings.quality() == Quality.CLOCK_SKEW));
        }
        if (newest != 0) {
            gateway.read(newest, arrival);
        }
        for (Named one : named) {
            if (one != null && one.waiting() != null) {
                one.waiting().stream()
                        .sorted(Waiting.BY_TIME)
                        .forEach(waiting -> read(one, waiting.place(), waiting.sample(), waiting.stale()));
            }
        }
    }

    private @Nullable Named named(String id) {
        LiveDevice device = devices.find(id);
        if (device == null) {
            return null;
        }
        touched.add(device);
        return new Named(
                device,
                new Said(device, speech, table, failures),
                device.device().isGated() ? new ArrayList<>() : null);
    }

    private void read(@Nullable Named named, Readings readings, boolean stale) {
        int place = named == null ? Places.NONE : named.device().device().place(readings.indicator());
        if (named == null || place < 0) {
            unknown++;
            return;
        }
        Sample sample = new Sample(readings.at(), readings.value(), readings.quality());
        if (named.waiting() == null) {
            read(named, place, sample, stale);
        } else {
            boolean key = named.device().device().gates().isKey(place);
            named.waiting().add(new Waiting(place, sample, key, stale));
        }
    }

    private void read(Named named, int place, Sample sample, boolean stale) {
        LiveDevice device = named.device();
        PointRule rule = device.device().rule(place);
        BrokenPoints broken = device.memory().broken();
        try {
            device.device().read(device, place, sample, arrival, stale, named.said());
            if (device.states()[place].arrivedAt() == arrival) {
                live(device, place, rule);
            }
            if (broken.isAny() && broken.read(rule.name())) {
                named.said().well(Unjudged.Step.READ, rule);
            }
        } catch (KafkaException e) {
            // Streams' own: it knows what to do with the whole task.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            broken.unread(rule.name());
            named.said().failed(Unjudged.Step.READ, rule, e);
        }
    }

    private void live(LiveDevice device, int place, PointRule rule) {
        device.remembered(place).heard(heard, frame.gatewayId());
        if (!rule.manual()) {
            works.live(heard + rule.silentAfter());
        }
    }
}
