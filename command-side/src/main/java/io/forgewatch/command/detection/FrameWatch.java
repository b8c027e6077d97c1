package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.Readings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the readings of one frame to the points that they are of. */
final class FrameWatch {

    private final Frame frame;
    private final WorksWatch works;
    private final LiveDevices devices;
    private final Said.Speech speech;
    private final OpenAlarms table;
    private final List<LiveDevice> touched = new ArrayList<>();
    private int unknown;

    FrameWatch(Frame frame, WorksWatch works, LiveDevices devices, Said.Speech speech, OpenAlarms table) {
        this.frame = frame;
        this.works = works;
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
    private record Waiting(int place, Sample sample, boolean key) {

        private static final Comparator<Waiting> BY_TIME = Comparator.comparingLong(
                        (Waiting waiting) -> waiting.sample.at())
                .thenComparing(waiting -> !waiting.key);
    }

    /** One device of the frame. */
    private record Named(
            LiveDevice device, Said said, @Nullable List<Waiting> waiting) {}

    void run() {
        long arrival = frame.arrivedAtMillis();
        GatewayHearing gateway = works.gateway(frame.gatewayId());
        gateway.heard(arrival);
        boolean stale = gateway.isStale(arrival);
        Readings readings = frame.readings();
        @Nullable Named[] named = new Named[readings.devices()];
        boolean[] looked = new boolean[readings.devices()];
        while (readings.next()) {
            int number = readings.device();
            if (!looked[number]) {
                looked[number] = true;
                named[number] = name(readings.deviceId());
            }
            gateway.read(readings.at(), arrival);
            works.read(arrival);
            read(named[number], readings, arrival, stale);
        }
        for (Named one : named) {
            if (one != null && one.waiting() != null) {
                one.waiting().stream()
                        .sorted(Waiting.BY_TIME)
                        .forEach(waiting -> read(one, waiting.place(), waiting.sample(), arrival, stale));
            }
        }
    }

    private @Nullable Named name(String id) {
        LiveDevice device = devices.find(id);
        if (device == null) {
            return null;
        }
        touched.add(device);
        return new Named(
                device, new Said(device, speech, table), device.device().isGated() ? new ArrayList<>() : null);
    }

    private void read(@Nullable Named named, Readings readings, long arrival, boolean stale) {
        int place = named == null ? -1 : named.device().device().place(readings.indicator());
        if (named == null || place < 0) {
            unknown++;
            return;
        }
        Sample sample = new Sample(readings.at(), readings.value(), readings.quality());
        if (named.waiting() == null) {
            read(named, place, sample, arrival, stale);
        } else {
            boolean key = named.device().device().gates().isKey(place);
            named.waiting().add(new Waiting(place, sample, key));
        }
    }

    private static void read(Named named, int place, Sample sample, long arrival, boolean stale) {
        named.device().device().read(named.device(), place, sample, arrival, stale, named.said());
    }
}
