package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.telemetry.Device;
import io.forgewatch.command.telemetry.PlantDirectory;
import io.forgewatch.event.alarm.Direction;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.telemetry.Frame;
import io.forgewatch.event.telemetry.FrameFormatException;
import io.forgewatch.event.telemetry.Pulse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
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
    /** An ended delay is seen half of this too late on average, which nobody can make up for later; a tick costs microseconds. */
    static final Duration TIMER = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(Detection.class);
    private static final long HEAR_EVERY_MILLIS = 1_000;
    private static final long COMPARE_EVERY_MILLIS = 5_000;

    private final PlantDirectory directory;
    private final OpenAlarms table;
    private final DetectionMetrics metrics;
    /** Devices with a delay or an alarm under way, and when there is next something to do. */
    private final Map<String, Long> due = new HashMap<>();

    private final Progress progress = new Progress();
    private final Works works = new Works();
    private long heardAt;
    private long comparedAt;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable LiveDevices devices;

    Detection(PlantDirectory directory, OpenAlarms table, DetectionMetrics metrics) {
        this.directory = directory;
        this.table = table;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        devices = new LiveDevices(directory, processorContext.getStateStore(STORE));
        devices.all()
                .forEach(device -> attempt(device.id(), () -> {
                    schedule(device);
                    works.seen(device);
                }));
        processorContext.schedule(TIMER, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        if (Frame.isOfNewerVersion(message.value())) {
            // The consumer hands none on; should one come all the same, it comes again and again rather than being
            // unjudged.
            throw new IllegalStateException("A frame of a version that only newer code can read");
        }
        attempt("a record", () -> read(message.value()));
    }

    private void read(byte @Nullable [] value) {
        try {
            if (value == null) {
                throw new FrameFormatException("empty");
            }
            if (Pulse.isOne(value)) {
                heard(Pulse.of(value).atMillis());
                return;
            }
            Frame frame = Frame.of(value);
            progress.saw(frame.arrivedAtMillis(), context().currentSystemTimeMs());
            heard(frame.arrivedAtMillis());
            watch(frame);
        } catch (FrameFormatException e) {
            metrics.broken();
            LOG.warn("The record at {} is no frame and is skipped: {}", place(), e.getMessage());
        }
    }

    /**
     * One record, device or alarm that can't be evaluated, whatever it fails with, must not stop the partition, and with it all
     * works of it, for ever; nor the others of its frame.
     */
    private void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (KafkaException e) {
            // Streams' own: it knows what to do with the whole task.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            failed(what, e);
        }
    }

    private void failed(String what, Throwable failure) {
        metrics.broken();
        LOG.error("What {} says at {} can't be evaluated and is passed over", what, place(), failure);
    }

    private String place() {
        return context()
                .recordMetadata()
                .map(record -> record.topic() + "/" + record.partition() + "/" + record.offset())
                .orElse("no record");
    }

    /** A door whose clock is ahead makes nobody else silent. */
    private void heard(long arrival) {
        works.heard(Math.min(arrival, context().currentSystemTimeMs()));
    }

    private void watch(Frame frame) {
        FrameWatch watch = new FrameWatch(
                frame, works.of(frame.enterpriseId()), works.now(), devices(), this::say, table, this::failed);
        try {
            watch.run();
        } finally {
            watch.touched()
                    .forEach(device -> attempt(device.id(), () -> {
                        device.broughtBy(frame.gatewayId());
                        changed(device);
                        works.seen(device);
                    }));
        }
        metrics.evaluated(frame.size() - watch.unknown());
        metrics.unknown(watch.unknown());
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
        if (now == Progress.UNKNOWN) {
            return;
        }
        endDelays(now);
        if (wallClock - comparedAt >= COMPARE_EVERY_MILLIS) {
            comparedAt = wallClock;
            table.all().forEach(open -> attempt(open.id().toString(), () -> adopt(open, now)));
        }
        if (wallClock - heardAt >= HEAR_EVERY_MILLIS) {
            heardAt = wallClock;
            works.tick(devices(), table, this::say, failure -> failed("a works", failure));
        }
    }

    private void endDelays(long now) {
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
                endDelays(device, now);
            }
        }
    }

    private void endDelays(LiveDevice device, long now) {
        try {
            device.device().tick(device, now, new Said(device, this::say, table));
            changed(device);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            due.remove(device.id());
            failed(device.id(), e);
        }
    }

    /** The loop from the other side: what is open is led back, whatever was forgotten or lost. */
    private void adopt(OpenAlarm open, long now) {
        if (open.id().direction() == Direction.QUALITY || open.id().direction() == Direction.OFFLINE) {
            works.adopt(open);
            return;
        }
        LiveDevice device = devices().known(open.id().subject());
        if (device != null && device.device().adopt(device, open, now)) {
            changed(device);
        }
    }

    private void say(WatchedDevice watched, PointRule rule, Verdict verdict) {
        forward(Signal.of(watched.device(), rule, verdict), watched.device().enterpriseId());
    }

    private void say(FaultAlarm alarm, Verdict.Kind kind) {
        Device device = directory.device(alarm.spec().subject());
        Signal signal = Signal.of(alarm, kind, device, works.now());
        forward(signal, EnterpriseId.of(alarm.spec().subject()).value());
    }

    private void forward(Signal signal, String enterpriseId) {
        metrics.said();
        byte[] key = enterpriseId.getBytes(StandardCharsets.US_ASCII);
        context()
                .forward(
                        new Record<>(key, signal.json(), Math.max(0, signal.at().toEpochMilli())));
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
