package io.forgewatch.command.detection;

import io.forgewatch.command.telemetry.Device;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
import io.forgewatch.event.telemetry.Readings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the watch over the frames of one partition, with a timer for the delays. */
final class Detection implements Processor<byte[], byte[], byte[], byte[]> {

    static final String STORE = "device-states";
    static final Duration TIMER = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);

    private final PlantDirectory directory;
    private final DetectionMetrics metrics;
    /** Devices with a delay or an alarm under way, and when there is next something to do. */
    private final Map<String, Long> due = new HashMap<>();

    private final Progress progress = new Progress();
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable LiveDevices devices;

    Detection(PlantDirectory directory, DetectionMetrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        devices = new LiveDevices(directory, processorContext.getStateStore(STORE));
        devices.all().forEach(this::schedule);
        processorContext.schedule(TIMER, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        try {
            Frame frame = Frame.of(message.value());
            progress.saw(frame.arrivedAtMillis(), context().currentSystemTimeMs());
            watch(frame);
        } catch (FrameFormatException e) {
            metrics.broken();
            LOG.warn("A record is no frame and is skipped: {}", e.getMessage());
        }
    }

    private void watch(Frame frame) {
        long arrival = frame.arrivedAtMillis();
        Readings readings = frame.readings();
        @Nullable LiveDevice[] touched = new LiveDevice[readings.devices()];
        boolean[] looked = new boolean[readings.devices()];
        int unknown = 0;
        while (readings.next()) {
            int number = readings.device();
            if (!looked[number]) {
                looked[number] = true;
                touched[number] = devices().find(readings.deviceId());
            }
            LiveDevice device = touched[number];
            int place = device == null ? -1 : device.device().place(readings.indicator());
            if (device == null || place < 0) {
                unknown++;
                continue;
            }
            Sample sample = new Sample(readings.at(), readings.value(), readings.quality());
            device.device()
                    .read(
                            device.states(),
                            place,
                            sample,
                            arrival,
                            (rule, verdict) -> say(device.device(), rule, verdict));
        }
        for (LiveDevice device : touched) {
            if (device != null) {
                changed(device);
            }
        }
        metrics.evaluated(frame.size() - unknown);
        metrics.unknown(unknown);
    }

    private void changed(LiveDevice device) {
        devices().changed(device, context().currentSystemTimeMs());
        schedule(device);
    }

    private void schedule(LiveDevice device) {
        long next = device.device().due(device.states());
        if (next == Side.NEVER) {
            due.remove(device.id());
        } else {
            due.put(device.id(), next);
        }
    }

    private void tick(long wallClock) {
        long now = progress.now(wallClock);
        if (now == Progress.UNKNOWN || due.isEmpty()) {
            return;
        }
        List<String> ended = new ArrayList<>();
        due.forEach((id, at) -> {
            if (at <= now) {
                ended.add(id);
            }
        });
        for (String id : ended) {
            LiveDevice device = devices().find(id);
            if (device == null) {
                due.remove(id);
            } else {
                device.device().tick(device.states(), now, (rule, verdict) -> say(device.device(), rule, verdict));
                changed(device);
            }
        }
    }

    private void say(WatchedDevice watchedDevice, PointRule rule, Verdict verdict) {
        Device device = watchedDevice.device();
        Signal signal = Signal.of(device, rule, verdict);
        metrics.said();
        byte[] key = device.enterpriseId().getBytes(StandardCharsets.US_ASCII);
        context().forward(new Record<>(key, signal.json(), Math.max(0, verdict.at())));
    }

    private ProcessorContext<byte[], byte[]> context() {
        if (context == null) {
            throw new IllegalStateException("Not initialised");
        }
        return context;
    }

    private LiveDevices devices() {
        if (devices == null) {
            throw new IllegalStateException("Not initialised");
        }
        return devices;
    }
}
