package io.forgewatch.command.detection;

import io.forgewatch.command.alarm.OpenAlarm;
import io.forgewatch.command.alarm.OpenAlarms;
import io.forgewatch.command.detection.Unjudged.Step;
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
    /** What fails when its time has come is not tried with every tick. */
    private static final long AGAIN_MILLIS = 30_000;

    private final PlantDirectory directory;
    private final OpenAlarms table;
    private final DetectionMetrics metrics;
    /** Devices with a delay or an alarm under way, and when there is next something to do. */
    private final Map<String, Long> due = new HashMap<>();

    private final Failures failures;
    private final Progress progress = new Progress();
    private final Works works = new Works();
    private long heardAt;
    private long comparedAt;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable LiveDevices devices;

    Detection(PlantDirectory directory, OpenAlarms table, DetectionMetrics metrics, Unjudged unjudged) {
        this.directory = directory;
        this.table = table;
        this.metrics = metrics;
        this.failures = new Failures(metrics, unjudged, () -> context().currentSystemTimeMs(), this::place);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        devices = new LiveDevices(directory, processorContext.getStateStore(STORE), failures);
        devices.all().forEach(device -> {
            schedule(device);
            seen(device);
        });
        processorContext.schedule(TIMER, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        if (Frame.isOfNewerVersion(message.value())) {
            // The consumer hands none on; should one come all the same, it comes again and again rather than being
            // unjudged.
            throw new IllegalStateException("A frame of a version that only newer code can read");
        }
        failures.attempt(Step.READ, "A record", null, () -> read(message.value()));
    }

    @Override
    public void close() {
        failures.forgetAll();
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
            long now = context().currentSystemTimeMs();
            // A door's fast clock must hold up no delay, and lead nobody back before its time.
            long arrival = Math.min(frame.arrivedAtMillis(), now);
            progress.saw(arrival, now);
            heard(arrival);
            watch(frame, arrival);
        } catch (FrameFormatException e) {
            metrics.broken();
            LOG.warn("The record at {} is no frame and is skipped: {}", place(), e.getMessage());
        }
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

    private void watch(Frame frame, long arrival) {
        FrameWatch watch = new FrameWatch(
                frame, arrival, works.of(frame.enterpriseId()), works.now(), devices(), this::say, table, failures);
        try {
            watch.run();
        } finally {
            watch.touched().forEach(device -> {
                device.broughtBy(frame.gatewayId());
                changed(device);
                seen(device);
            });
        }
        metrics.evaluated(frame.size() - watch.unknown());
        metrics.unknown(watch.unknown());
    }

    private void seen(LiveDevice device) {
        failures.attempt(Step.LOOK, device.id(), null, () -> works.seen(device));
    }

    /** Whether its states can be kept or not, its delays are to end. */
    private void changed(LiveDevice device) {
        schedule(device);
        failures.attempt(
                Step.KEEP,
                device.id(),
                null,
                () -> devices().changed(device, context().currentSystemTimeMs()));
    }

    private void schedule(LiveDevice device) {
        long next = device.device().due(device);
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
            table.all()
                    .forEach(open -> failures.attempt(
                            Step.COMPARE, open.id().subject(), open.id().indicator(), () -> adopt(open, now)));
        }
        if (wallClock - heardAt >= HEAR_EVERY_MILLIS) {
            heardAt = wallClock;
            works.tick(devices(), table, this::say, failures);
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
        boolean went = failures.attempt(
                Step.TIME,
                device.id(),
                null,
                () -> device.device().tick(device, now, new Said(device, this::say, table, failures)));
        changed(device);
        if (!went) {
            due.put(device.id(), now + AGAIN_MILLIS);
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
        FaultSpec spec = alarm.spec();
        failures.attempt(Step.SAY, spec.subject(), spec.indicator(), () -> {
            Device device = directory.device(spec.subject());
            forward(
                    Signal.of(alarm, kind, device, works.now()),
                    EnterpriseId.of(spec.subject()).value());
        });
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
