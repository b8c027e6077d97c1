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
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the watch over the frames of one partition: one get and one put a device in a frame, and a timer for the delays. */
final class Detection implements Processor<byte[], byte[], byte[], byte[]> {

    static final String STORE = "device-states";
    static final Duration TIMER = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);

    private final PlantDirectory directory;
    private final DetectionMetrics metrics;
    private final Map<String, WatchedDevice> watched = new HashMap<>();
    /** Devices with a delay or an alarm under way, and when there is next something to do. */
    private final Map<String, Long> due = new HashMap<>();

    private final Progress progress = new Progress();
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> store;

    Detection(PlantDirectory directory, DetectionMetrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    private record Touched(WatchedDevice device, PointState[] states) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(STORE);
        try (KeyValueIterator<String, byte[]> all = store().all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> one = all.next();
                Touched device = open(one.key, one.value);
                if (device != null) {
                    schedule(device);
                }
            }
        }
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
        @Nullable Touched[] touched = new Touched[readings.devices()];
        boolean[] looked = new boolean[readings.devices()];
        int unknown = 0;
        while (readings.next()) {
            int number = readings.device();
            if (!looked[number]) {
                looked[number] = true;
                String id = readings.deviceId();
                touched[number] = open(id, store().get(id));
            }
            Touched device = touched[number];
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
        for (Touched device : touched) {
            if (device != null) {
                close(device);
            }
        }
        metrics.evaluated(frame.size() - unknown);
        metrics.unknown(unknown);
    }

    private @Nullable Touched open(String id, byte @Nullable [] stored) {
        Device device = directory.device(id);
        if (device == null) {
            return null;
        }
        WatchedDevice known = watched.get(id);
        if (known == null || known.device() != device) {
            known = new WatchedDevice(device);
            watched.put(id, known);
        }
        return new Touched(known, DeviceState.read(stored, known));
    }

    private void close(Touched device) {
        store().put(device.device().device().id(), DeviceState.write(device.states(), device.device()));
        schedule(device);
    }

    private void schedule(Touched device) {
        long next = device.device().due(device.states());
        String id = device.device().device().id();
        if (next == Side.NEVER) {
            due.remove(id);
        } else {
            due.put(id, next);
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
            Touched device = open(id, store().get(id));
            if (device == null) {
                due.remove(id);
            } else {
                device.device().tick(device.states(), now, (rule, verdict) -> say(device.device(), rule, verdict));
                close(device);
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

    private KeyValueStore<String, byte[]> store() {
        if (store == null) {
            throw new IllegalStateException("Not initialised");
        }
        return store;
    }
}
